// What a verdict says of each thing in the picture: its status, what it rests on, and the findings that name it as offender.
import type { Finding, Subject, Verdict } from "../verdict/types";

export interface Mark {
  subject?: Subject;
  /** Violated findings, of whatever subject, that name this as an offender; or its own that name nobody. */
  offences: Finding[];
  /** Advisories that name it. */
  advice: Finding[];
}

export type Marks = Map<string, Mark>;

const none: Mark = { offences: [], advice: [] };

/** The marks of everything that a verdict speaks of; `drawn` has the keys of what is drawn. */
export function marksOf(verdict: Verdict | null, drawn: { has(key: string): boolean }): Marks {
  const marks: Marks = new Map();
  const mark = (key: string): Mark => {
    let found = marks.get(key);
    if (!found) marks.set(key, (found = { offences: [], advice: [] }));
    return found;
  };
  for (const subject of verdict?.subjects ?? []) {
    mark(subject.subject).subject = subject;
    for (const finding of subject.findings) {
      if (finding.kind === "violated") for (const key of blamed(finding, drawn)) mark(key).offences.push(finding);
    }
  }
  for (const finding of verdict?.advisories ?? []) for (const key of blamed(finding, drawn)) mark(key).advice.push(finding);
  return marks;
}

export function markOf(marks: Marks, key: string): Mark {
  return marks.get(key) ?? none;
}

/** What a finding blames, as entities: the test “cluster/c.validation.tests/2” is blamed on the cluster. */
function blamed(finding: Finding, drawn: { has(key: string): boolean }): Set<string> {
  const names = finding.offenders.length ? finding.offenders : [finding.subject];
  return new Set(names.map((name) => entity(name, drawn)));
}

function entity(name: string, drawn: { has(key: string): boolean }): string {
  let key = name;
  while (!drawn.has(key)) {
    const dot = key.lastIndexOf(".");
    if (dot < 0) return name;
    key = key.slice(0, dot);
  }
  return key;
}

/** The worst status of what a subject rests on where that is worse than its own; else "". */
export function restsOnWorse(subject: Subject | undefined): string {
  const worst = subject?.rests_on?.worst;
  return subject && worst && order.indexOf(worst) < order.indexOf(subject.status) && worst !== "not_covered" ? worst : "";
}

export const order = ["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"];
