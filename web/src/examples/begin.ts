// What the first visit shows: a shipped example, so that there is a verdict before anything was typed. Later visits go on
// with what was there.
import { effect } from "@preact/signals";
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
  } else {
    await show(named ?? first, route.peek().query.get("as_of") ?? undefined).catch(() => undefined);
  }
  effect(() => keep(text.value, asOf.value));
}

/** Puts a shipped example into the workbench, as of the day given or, without one, the day it is about. */
export async function show(name: string, day?: string): Promise<void> {
  const answer = await ask(`v1/examples/${encodeURIComponent(name)}`, { accept: "*/*" });
  const design = await answer.text();
  asOf.value = day ?? answer.headers.get("Supportable-As-Of") ?? "";
  text.value = design;
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
