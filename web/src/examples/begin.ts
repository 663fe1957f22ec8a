// What the first visit shows: a shipped example, so that there is a verdict before anything was typed. Later visits go on
// with what was there.
import { batch, effect } from "@preact/signals";
import { ask } from "../api";
import { route } from "../route";
import { asOf, text } from "../state";

export interface Example {
  name: string;
  title: string;
  as_of: string;
  /** The days on which it is worth judging, and what it is on each. */
  days?: string[];
  statuses?: string[];
  media_type?: string;
}

const first = "sql-guest-cluster";
const key = "supportable-draft";

export async function begin(): Promise<void> {
  const named = route.peek().query.get("example");
  const kept = named ? null : draft();
  if (kept) {
    asOf.value = kept.asOf;
    text.value = kept.text;
  }
  effect(() => keep(text.value, asOf.value));
  if (!kept) await show(named ?? first, route.peek().query.get("as_of") ?? undefined).catch(() => false);
}

/** Puts a shipped example into the workbench, as of the day given or, without one, the day it is about. */
export function show(name: string, day?: string): Promise<boolean> {
  return replace(async () => {
    const answer = await ask(`v1/examples/${encodeURIComponent(name)}`, { accept: "*/*" });
    return { text: await answer.text(), asOf: day ?? answer.headers.get("Supportable-As-Of") ?? "" };
  });
}

let newest = 0;

/** Puts what is fetched in place of the text, and its day, if it brings one, in place of the day. What was written while
 * it was on its way stays, and of two that are on their way the one asked for last is taken. Whether it was taken is the answer. */
export async function replace(fetched: () => Promise<{ text: string; asOf?: string }>): Promise<boolean> {
  const mine = ++newest;
  const before = text.peek();
  const found = await fetched();
  if (mine !== newest || text.peek() !== before) return false;
  batch(() => {
    asOf.value = found.asOf ?? asOf.peek();
    text.value = found.text;
  });
  return true;
}

function draft(): { text: string; asOf: string } | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("text" in kept) || !("asOf" in kept)) return null;
    return kept.text ? { text: String(kept.text), asOf: String(kept.asOf) } : null;
  } catch {
    return null;
  }
}

function keep(design: string, day: string): void {
  if (design === "") return;
  try {
    localStorage.setItem(key, JSON.stringify({ text: design, asOf: day }));
  } catch {
    // full or refused: the next visit starts with the example
  }
}
