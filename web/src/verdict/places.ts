// Where in the design a verdict's findings have their reasons.
import type { Because, Finding, Verdict } from "./types";

/** What a line of the design is marked with: a status or kind, and the findings behind it. */
export interface Mark {
  line: number;
  column: number;
  tone: string;
  findings: Finding[];
  /** The subject that begins on this line, if one does. */
  subject?: string;
}

/** The name by which a finding is known within its verdict. */
export function keyOf(finding: Finding): string {
  return `${finding.subject}|${finding.rule}`;
}

const worse = ["unsupported", "limited", "conditional", "undetermined", "advisory", "not_covered", "supported"];

/** What a finding looks like: its outcome where it is violated, otherwise its kind. */
export function toneOf(finding: Finding): string {
  return finding.kind === "violated" ? finding.outcome || "conditional" : finding.kind === "open" ? "undetermined" : "supported";
}

/** The pointers of all facts that are missing, by fact. */
const missingIn = new WeakMap<Verdict, Map<string, string>>();

function pointers(verdict: Verdict): Map<string, string> {
  let found = missingIn.get(verdict);
  if (!found) {
    found = new Map(verdict.missing.map((each) => [each.fact, each.pointer]));
    for (const subject of verdict.subjects) for (const each of subject.missing) found.set(each.fact, each.pointer);
    missingIn.set(verdict, found);
  }
  return found;
}

/** The places in the design that decided a finding, by line: of an open one what is missing, of a violated one the facts below
 * what is not true. `placed` is where a pointer stands, or where the nearest thing around it does. */
export function decisive(finding: Finding, verdict: Verdict, placed: Placing): Spot[] {
  const found = new Map<number, Spot>();
  const on = (spot: Spot | null) => {
    if (spot && !found.has(spot.line)) found.set(spot.line, spot);
  };
  if (finding.kind === "open") {
    for (const fact of finding.missing) {
      const pointer = pointers(verdict).get(fact);
      if (pointer) on(placed(pointer));
    }
  } else {
    const walk = (node: Because) => {
      if (node.truth === "true") return;
      if (node.pointer !== undefined && node.at?.line) on({ line: node.at.line, column: node.at.column ?? 1 });
      for (const child of node.children ?? []) walk(child);
    };
    if (finding.because) walk(finding.because);
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

/** The lines that decided each of the findings, in their order: `3,7;12` of two, so that they can be compared. Only what is wrong
 * or open has such lines. */
export function linesOf(findings: readonly Finding[], verdict: Verdict, placed: Placing): string {
  return findings.map((each) => (each.kind === "violated" || each.kind === "open" ? decisive(each, verdict, placed).map((spot) => spot.line).join(",") : "")).join(";");
}

export interface Spot {
  line: number;
  column: number;
}

export type Placing = (pointer: string) => Spot | null;

/** Every marked line of the design, by line. */
export function marks(verdict: Verdict, placed: Placing): Mark[] {
  const found = new Map<number, Mark>();
  const on = (line: number, column: number, tone: string): Mark => {
    const there = found.get(line);
    if (!there) {
      const made: Mark = { line, column, tone, findings: [] };
      found.set(line, made);
      return made;
    }
    if (worse.indexOf(tone) < worse.indexOf(there.tone)) there.tone = tone;
    return there;
  };
  for (const subject of verdict.subjects) {
    if (subject.at?.line) on(subject.at.line, subject.at.column ?? 1, subject.status).subject = subject.subject;
    for (const finding of subject.findings) {
      if (finding.kind !== "violated" && finding.kind !== "open") continue;
      const tone = toneOf(finding);
      const places = decisive(finding, verdict, placed);
      if (!places.length && subject.at?.line) places.push({ line: subject.at.line, column: subject.at.column ?? 1 });
      for (const { line, column } of places) {
        const mark = on(line, column, tone);
        if (!mark.findings.includes(finding)) mark.findings.push(finding);
      }
    }
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}
