// What became otherwise from one verdict to another: statuses, findings, facts of the design, and what it was judged by.
import type { Finding, Subject, Verdict } from "../verdict/types";

export interface SubjectChange {
  subject: string;
  title: string;
  before: string;
  after: string;
}

export interface FindingChange {
  subject: string;
  rule: string;
  title: string;
  message: string;
  /** Kind and outcome, as "violated, unsupported"; "" where there was none. */
  before: string;
  after: string;
}

export interface FactChange {
  pointer: string;
  before: string;
  after: string;
}

export interface Difference {
  subjects: SubjectChange[];
  gained: FindingChange[];
  lost: FindingChange[];
  changed: FindingChange[];
  facts: FactChange[];
  packs: { name: string; before: string; after: string }[];
}

export function difference(one: Verdict, other: Verdict, before: unknown, after: unknown): Difference {
  const findings = changes(findingsOf(one), findingsOf(other), told).map(({ was, is }) => {
    const [then, now] = [was ? told(was) : "", is ? told(is) : ""];
    // What is gone is told by what was wrong, not by what is right now.
    const shown = (notable(then) && !notable(now) ? was : (is ?? was)) as Finding;
    return { subject: shown.subject, rule: shown.rule, title: shown.title, message: shown.message, before: then, after: now };
  });
  const weighty = findings.filter((each) => notable(each.before) || notable(each.after));
  return {
    subjects: changes(subjectsOf(one), subjectsOf(other), (each) => each.status).map(({ key, was, is }) => ({
      subject: key, title: (is ?? was)?.title ?? key, before: was?.status ?? "", after: is?.status ?? "",
    })),
    gained: weighty.filter((each) => !notable(each.before)),
    lost: weighty.filter((each) => !notable(each.after)),
    changed: weighty.filter((each) => notable(each.before) && notable(each.after)),
    facts: facts(before, after),
    packs: packs(one, other),
  };
}

/** A finding that somebody has to look at: violated or open. */
function notable(told: string): boolean {
  return told.startsWith("violated") || told === "open";
}

function told(finding: Finding): string {
  return finding.kind === "violated" && finding.outcome ? `violated, ${finding.outcome.replace("_", " ")}` : finding.kind;
}

function findingsOf(verdict: Verdict): Map<string, Finding> {
  return new Map(verdict.subjects.flatMap((subject) => subject.findings.map((finding) => [`${finding.subject} ${finding.rule}`, finding] as const)));
}

function subjectsOf(verdict: Verdict): Map<string, Subject> {
  return new Map(verdict.subjects.map((subject) => [subject.subject, subject]));
}

function packs(one: Verdict, other: Verdict): { name: string; before: string; after: string }[] {
  const parts = (of: Verdict) =>
    new Map([
      ...of.packs.map((each) => [`pack ${each.pack}`, `${each.version} ${short(each.digest)}`] as const),
      ...of.catalogues.map((each) => [`catalogue ${each.catalogue}`, `${each.version} ${short(each.digest)}`] as const),
      ["engine", of.engine.version] as const,
    ]);
  return changes(parts(one), parts(other), (each) => each).map(({ key, was, is }) => ({ name: key, before: was ?? "", after: is ?? "" }));
}

function short(digest: string): string {
  return digest.replace("sha256:", "").slice(0, 10);
}

/** What stands in one and not, or otherwise, in the other, by key, in the order of the first and then of the second. */
function changes<T>(one: Map<string, T>, other: Map<string, T>, by: (of: T) => string): { key: string; was: T | undefined; is: T | undefined }[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .map((key) => ({ key, was: one.get(key), is: other.get(key) }))
    .filter(({ was, is }) => (was === undefined || is === undefined ? was !== is : by(was) !== by(is)));
}

/** The facts of two designs that differ, by where they stand. Entities are known by their ids, not by their places. */
export function facts(before: unknown, after: unknown): FactChange[] {
  const found: FactChange[] = [];
  walk(before, after, "", found);
  return found;
}

function walk(one: unknown, other: unknown, pointer: string, found: FactChange[]): void {
  if (same(one, other)) return;
  if (isMap(one) && isMap(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) walk(one[key], other[key], `${pointer}/${key}`, found);
    return;
  }
  const [here, there] = [byId(one), byId(other)];
  if (here && there) {
    for (const id of new Set([...here.keys(), ...there.keys()])) walk(here.get(id), there.get(id), `${pointer}/${id}`, found);
    return;
  }
  found.push({ pointer, before: shown(one), after: shown(other) });
}

function byId(list: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(list) || !list.some((each) => isMap(each) && "id" in each)) return undefined;
  return new Map(list.map((each: unknown, place) => [isMap(each) && "id" in each ? String(each.id) : `${place}`, each]));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
