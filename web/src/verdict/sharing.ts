// Two verdicts of nearly the same design are nearly the same: what has not changed is kept as the object that it was, so that
// the page draws anew only what says something else. Comparing costs a fraction of drawing.
import type { Finding, Subject, Verdict } from "./types";

/** The newer verdict, a new object, with those parts of the older one in it that say the same. */
export function sharing(older: Verdict | null, newer: Verdict): Verdict {
  if (!older) return newer;
  const kept: Record<string, unknown> = { ...newer };
  for (const [key, value] of Object.entries(newer)) {
    const before = (older as unknown as Record<string, unknown>)[key];
    if (key !== "subjects" && same(before, value)) kept[key] = before;
  }
  return { ...(kept as unknown as Verdict), subjects: subjects(older.subjects, newer.subjects) };
}

function subjects(older: readonly Subject[], newer: readonly Subject[]): Subject[] {
  const before = new Map(older.map((each) => [each.subject, each]));
  return newer.map((each) => {
    const was = before.get(each.subject);
    if (!was) return each;
    return same(was, each) ? was : { ...each, findings: findings(was.findings, each.findings) };
  });
}

function findings(older: readonly Finding[], newer: readonly Finding[]): Finding[] {
  const before = new Map(older.map((each) => [each.rule, each]));
  return newer.map((each) => {
    const was = before.get(each.rule);
    return was && same(was, each) ? was : each;
  });
}

/** Whether two values from JSON say the same. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((each, index) => same(each, other[index]));
  }
  const [these, those] = [one as Record<string, unknown>, other as Record<string, unknown>];
  let more = 0;
  for (const key in these) {
    if (!(key in those) || !same(these[key], those[key])) return false;
    more += 1;
  }
  for (const _ in those) more -= 1;
  return more === 0;
}
