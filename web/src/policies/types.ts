// What the service answers about policies; /openapi.json has the whole of it.
import type { Citation } from "../verdict/types";

export interface Place {
  file: string;
  line: number;
  column: number;
}

export interface Packs {
  items: { name: string; version: string; title: string; publisher: string; rules: number; digest: string }[];
  broken: { name: string; problems: string[] }[];
  digest: string;
}

export interface RuleSummary {
  rule: string;
  id: string;
  title: string;
  subject: string;
  outcomes: string[];
  changes_on: string[];
}

export interface Span {
  since: string | null;
  until: string | null;
}

export interface Term {
  term: string;
  text: string;
  pack: string;
  citations: Citation[];
  at: Place;
}

export interface Definition {
  fact: string;
  title: string;
  type: string;
  texts: (Span & { last_seen: string | null; value: string; citations: Citation[]; at: Place })[];
  at: Place;
}

export interface Pack {
  name: string;
  version: string;
  title: string;
  publisher: string;
  description: string;
  digest: string;
  requires: { pack: string; versions: string }[];
  rules: RuleSummary[];
  definitions: Definition[];
  terms: Term[];
  references: string[];
}

export interface Condition {
  text: string;
  at: Place;
}

export interface Outcome {
  outcome: string;
  refused: boolean;
  when: Condition | null;
  message: string;
  remedies: string[];
  citations: Citation[];
}

export interface Text extends Span {
  last_seen: string | null;
  doubtful: boolean;
  title: string;
  states_support: boolean;
  advisory: boolean;
  when: Condition | null;
  each: { name: string; over: string } | null;
  require: Condition | null;
  unless: (Span & { title: string; condition: Condition; citations: Citation[] })[];
  disputed: { require: Condition; citation: Citation }[];
  outcomes: Outcome[];
  message: string;
  remedies: string[];
  citations: Citation[];
  at: Place;
}

export interface Rule {
  rule: string;
  id: string;
  pack: string;
  version: string;
  title: string;
  subject: string;
  notes: string;
  tags: string[];
  statements: { id: string; says: string; article: string }[];
  changes_on: string[];
  texts: Text[];
  cases: { title: string; as_of: string; subject: string; expected: string; at: Place }[];
  at: Place;
}

export interface ArticleSummary {
  id: string;
  title: string;
  url: string;
  publisher: string;
  kind: string;
  confidence: string;
  cited_by: number;
}

export interface Article extends ArticleSummary {
  seen: string;
  revisions: { id: string; date: string | null; note: string; confidence: string }[];
  sections: string[];
  rules: { rule: string; pack: string; version: string; title: string; sections: string[]; revisions: string[] }[];
  definitions: string[];
  terms: string[];
  catalogues: string[];
}

export interface Hits {
  query: string;
  total: number;
  items: { kind: string; id: string; title: string; pack: string; excerpt: string; href: string }[];
}

export interface Vocabulary {
  entities: {
    name: string; title: string; section: string; record: boolean; judged: boolean; ask: string;
    attributes: { name: string; title: string; ask: string; computed_from: string; rests_on: boolean; part: boolean; type: Type; absent: { reading: string; value: unknown } }[];
  }[];
  products: { name: string; title: string; releases: { name: string; title: string }[]; editions: { name: string; title: string }[] }[];
}

export interface Type {
  kind: string;
  unit: string;
  low: string | null;
  high: string | null;
  values: string[];
  products: string[];
  of: string;
  member: Type | null;
}
