// The verdict as the service writes it; `GET /v1/schema/verdict` has the whole of it. Only what the page reads stands here.

export type Status = "supported" | "conditional" | "limited" | "unsupported" | "undetermined" | "not_covered";
export type Kind = "violated" | "open" | "satisfied" | "harmless" | "not_applicable";
export type Truth = "true" | "false" | "unknown";

/** A place: in a pack where `pack` is there, otherwise in the design. Lines and columns count from 1. */
export interface Place {
  pack?: string;
  file?: string;
  line?: number;
  column?: number;
}

export interface Citation {
  ref: string;
  title: string;
  url: string;
  section: string;
  revision: string;
  confidence: string;
}

/** A node of a proof: an expression with its truth or value, a fact of the design, a row of a catalogue or an assumption. */
export interface Because {
  expression?: string;
  truth?: Truth;
  value?: unknown;
  note?: string;
  fact?: string;
  pointer?: string;
  row?: string;
  at?: Place;
  citations?: Citation[];
  children?: Because[];
  /** Of a list: it may go on. */
  open?: true;
  /** It was not given, and read as the vocabulary says. */
  assumed?: true;
  member?: string;
}

export interface Answer {
  value: unknown;
  status: string;
}

export interface Missing {
  kind: "fact" | "catalogue" | "policy";
  fact: string;
  pointer: string;
  question: string;
  answers: Answer[];
  decides: string[];
  worst: Status;
  subjects: string[];
}

export interface Finding {
  rule: string;
  version: string;
  subject: string;
  kind: Kind;
  outcome: string;
  at_best: string;
  title: string;
  message: string;
  remedies: string[];
  offenders: string[];
  waived_by: string[];
  citations: Citation[];
  covers: boolean;
  disputed: boolean;
  refused: boolean;
  in_gap: boolean;
  at: Place;
  because: Because | null;
  missing: string[];
  revision: { from: string | null; until: string | null; last_seen: string | null; changes_on: string[] };
}

export interface Subject {
  subject: string;
  type: string;
  id: string;
  title: string;
  status: Status;
  at_worst: Status;
  at_best: Status;
  disputed: boolean;
  confidence: string;
  coverage: string;
  pointer: string;
  at: Place;
  rests_on: { worst: Status; subjects: string[] } | null;
  findings: Finding[];
  missing: Missing[];
}

export interface Assumed {
  fact: string;
  as: unknown;
  pointer: string;
  say: string;
  decides: boolean;
}

export interface Unrecognised {
  pointer: string;
  text: string;
  nearest: string[];
  at: Place;
}

export interface Ledger {
  satisfied: number;
  violated: number;
  open: number;
  harmless: number;
  not_applicable: number;
  not_in_force: number;
  total: number;
}

export interface Verdict {
  format: number;
  design: string;
  digest: string;
  as_of: string;
  status: Status;
  at_worst: Status;
  at_best: Status;
  disputed: boolean;
  confidence: string;
  coverage: { covered: number; open: number; judged: number; not_covered: string[] };
  actions: string[];
  subjects: Subject[];
  missing: Missing[];
  assumed: Assumed[];
  unrecognised: Unrecognised[];
  advisories: Finding[];
  may_apply: Finding[];
  warnings: string[];
  ledger: Ledger;
  packs: { pack: string; version: string; digest: string }[];
  catalogues: { catalogue: string; version: string; digest: string }[];
  engine: { version: string; language: number; reading: string };
}
