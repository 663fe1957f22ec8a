// What the first visit shows: a shipped example, so that there is a verdict before anything was typed. Later visits go on
// with what was there.
import { batch, effect } from "@preact/signals";
import { ask } from "../api";
import { route } from "../route";
import { asOf, packs, text } from "../state";

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
    packs.value = kept.packs;
    text.value = kept.text;
  }
  effect(() => keep({ text: text.value, asOf: asOf.value, packs: packs.value }));
  if (!kept) await show(named ?? first, route.peek().query.get("as_of") ?? undefined).catch(() => false);
}

/** Puts a shipped example into the workbench, as of the day given or, without one, the day it is about, by all packs. */
export function show(name: string, day?: string): Promise<boolean> {
  return replace(async () => {
    const answer = await ask(`v1/examples/${encodeURIComponent(name)}`, { accept: "*/*" });
    return { text: await answer.text(), asOf: day ?? answer.headers.get("Supportable-As-Of") ?? "", packs: [] };
  });
}

let newest = 0;

/** Puts what is fetched in place of the text, and its day and packs, if it brings them, in place of those. What was written while
 * it was on its way stays, and of two that are on their way the one asked for last is taken. Whether it was taken is the answer. */
export async function replace(fetched: () => Promise<{ text: string; asOf?: string; packs?: readonly string[] }>): Promise<boolean> {
  const mine = ++newest;
  const before = text.peek();
  const found = await fetched();
  if (mine !== newest || text.peek() !== before) return false;
  batch(() => {
    asOf.value = found.asOf ?? asOf.peek();
    packs.value = found.packs ?? packs.peek();
    text.value = found.text;
  });
  return true;
}

interface Draft {
  text: string;
  asOf: string;
  packs: readonly string[];
}

function draft(): Draft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("text" in kept) || !("asOf" in kept)) return null;
    const packs = "packs" in kept && Array.isArray(kept.packs) ? kept.packs.map(String) : [];
    return kept.text ? { text: String(kept.text), asOf: String(kept.asOf), packs } : null;
  } catch {
    return null;
  }
}

function keep(now: Draft): void {
  if (now.text === "") return;
  try {
    localStorage.setItem(key, JSON.stringify(now));
  } catch {
    // full or refused: the next visit starts with the example
  }
}
