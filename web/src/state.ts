// What all views share: the design being worked on, the day it is judged as of, and what the service says of it.
import { computed, signal } from "@preact/signals";
import type { Problem } from "./api";
import { read } from "./design/read";
import type { Verdict } from "./verdict/types";

/** The design's text, YAML (or JSON). The one truth: the editor, the form, the interview and the pictures all follow it. */
export const text = signal("");

/** The day the design is judged as of, ISO; "" is today. */
export const asOf = signal("");

/** Today as ISO, where the user is; `judging.ts` moves it on, so that a page that stays open does not stay in yesterday. */
export const now = signal(today());

/** The day that is judged by, ISO, which is today's where none was chosen. */
export const day = computed(() => asOf.value || now.value);

/** The packs that are judged by, by name and in order, with what they require; none is all there are. */
export const packs = signal<readonly string[]>([]);

/** The same as one word, to be compared: "" is all. */
export const packsAsked = computed(() => packs.value.join(" "));

/** The text read: a document that keeps comments and places, and the plain value. Never raises; broken text gives what can be read. */
export const parsed = computed(() => read(text.value));

/** The newest verdict, and of which text and day it is, and by which packs. It stays while a newer one is being made. */
export const verdict = signal<Verdict | null>(null);
export const verdictOf = signal({ text: "", day: "", packs: "" });

/** Whether the verdict is of the text, the day and the packs as they are now. */
export const current = computed(
  () =>
    verdict.value !== null &&
    verdictOf.value.text === text.value &&
    verdictOf.value.day === day.value &&
    verdictOf.value.packs === packsAsked.value,
);

/** Whether the verdict has not been current for so long that it is shown faded: what is quickly made good does not flicker. */
export const faded = signal(false);

/** Why there is no verdict of the text as it is now: problems of the design with their lines, or one of the service. */
export const problems = signal<Problem[]>([]);

/** Whether the problems have stood long enough to be shown beside the text, not only in it. */
export const settled = signal(true);

/** Whether an answer is awaited. */
export const busy = signal(false);

/** The verdict before the newest, to show which way the status moved. */
export const before = signal<Verdict | null>(null);

/** What to bring into sight: a place in the design, by JSON Pointer or by line. Each request is a new object. */
export const sought = signal<{ pointer?: string; line?: number } | null>(null);

/** Shows the place of a JSON Pointer (or line) of the design in the editor and marks it. */
export function seek(place: { pointer?: string; line?: number }): void {
  sought.value = { ...place };
}

export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

/** The finding or subject to open in the verdict, as `subject|rule` or as a subject. Each request is a new object. */
export const chosen = signal<{ finding?: string; subject?: string } | null>(null);
