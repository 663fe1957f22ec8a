// What the picture shows, kept while other views are looked at: the design laid out, its marks, and what was chosen in it.
import { computed, signal } from "@preact/signals";
import { parsed, verdict } from "../state";
import { arrange, type Box, type Detail, suited } from "./layout";
import { type Mark, markOf, marksOf } from "./marks";
import { drawnFrom } from "./parts";

export const drawn = computed(() => drawnFrom(parsed.value.value));
export const marks = computed(() => marksOf(verdict.value, drawn.value.parts));

/** "auto" is as suits the number of machines. */
export const detail = signal<Detail | "auto">("auto");
export const detailUsed = computed(() => (detail.value === "auto" ? suited(drawn.value) : detail.value));
export const stacked = signal<boolean | "auto">("auto");
/** Alike things are stacked where their names are written: in cells each is small enough to be drawn. */
export const stackedUsed = computed(() => (stacked.value === "auto" ? detailUsed.value !== "cells" : stacked.value));
export const opened = signal<ReadonlySet<string>>(new Set());

/** Width by height of the room that there is, coarsely, so that not every pixel arranges everything anew. */
export const aspect = signal(1.5);

export const arranged = computed(() =>
  arrange(drawn.value, {
    detail: detailUsed.value, stacked: stackedUsed.value, looks, opened: opened.value, aspect: aspect.value,
  }),
);

function looks(key: string): string {
  const { subject, offences, advice } = markOf(marks.value, key);
  const rules = [...offences, ...advice].map((finding) => finding.rule).sort();
  return subject || rules.length ? `${subject?.status ?? ""} ${rules.join(" ")}`.trim() : "";
}

/** The key of what was chosen, and of what the keyboard is at. */
export const chosen = signal<string | null>(null);
export const focused = signal<string | null>(null);
export const wanted = signal("");

/** Boxes of those that some finding names as offender, in the order of the picture. */
export const offending = computed(() =>
  arranged.value.boxes.filter((box) => box.part.form !== "reference" && marksIn(box).some(({ offences }) => offences.length)),
);

/** The marks of what a box shows: of one part, or of all that lie in the stack. */
export function marksIn(box: Box): Mark[] {
  const parts = box.stack.length ? box.stack : [box.part];
  return parts.map((part) => markOf(marks.value, part.to || part.key));
}

/** Keys that the search field finds; null where nothing is searched. */
export const matching = computed(() => {
  const text = wanted.value.trim().toLowerCase();
  if (!text) return null;
  const found = new Set<string>();
  for (const part of drawn.value.parts.values()) {
    const held = `${part.id} ${part.about} ${part.type}`.slice(0, 1000).toLowerCase();
    const shown = held.includes(text) ? arranged.value.shownBy.get(part.key) : undefined;
    if (shown) found.add(shown);
  }
  return found;
});
