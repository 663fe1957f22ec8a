// Keeps the verdict abreast of the text, the day and the packs: a change after a rest is judged at once, one of many a moment after
// the last, and a newer one cancels the older. Nothing of this is recorded.
import { batch, effect } from "@preact/signals";
import { judge, Refused, Unreachable } from "./api";
import { before, busy, current, day, faded, now, packs, problems, settled, text, today, verdict, verdictOf } from "./state";
import { sharing } from "./verdict/sharing";

/** How long nothing has to have changed, in milliseconds, for the next change to be asked for without a pause. */
const rest = 250;

/** How long after the last of several changes we ask, in milliseconds: not at every letter of a quick typist, and less often where
 * answers take long, so that a service that is slow with a large design is not asked faster than it can answer. */
const shortest = 25;
const longest = 150;
let pause = shortest;

/** How long a text has to stay broken until the verdict of the text before gives way to what is wrong: while somebody is
 * writing, every second letter breaks it. The editor marks the place at once. */
const patience = 700;

/** How long a verdict may be older than the text until it is shown faded, in milliseconds. */
const unfaded = 250;

const minute = 60_000;

let changed = -Infinity;

let fading: ReturnType<typeof setTimeout> | undefined;
let settling: ReturnType<typeof setTimeout> | undefined;
let stopWaiting: (() => void) | undefined;
let asked: AbortController | undefined;

/** Starts it; called once. */
export function keepJudging(): void {
  setInterval(newDay, minute);
  // A page in the background is not called on time.
  document.addEventListener("visibilitychange", newDay);
  effect(() => {
    clearTimeout(fading);
    if (current.value) faded.value = false;
    else fading = setTimeout(() => { faded.value = true; }, unfaded);
  });
  effect(() => {
    const design = text.value;
    const by = { day: day.value, packs: packs.value };
    stopWaiting?.();
    clearTimeout(settling);
    asked?.abort();
    if (design.trim() === "") {
      verdict.value = null;
      problems.value = [];
      settled.value = true;
      busy.value = false;
      return;
    }
    const rested = !busy.peek() && performance.now() - changed > rest;
    changed = performance.now();
    busy.value = true;
    // The first is asked for at once too: nobody is typing yet.
    stopWaiting = after(rested || verdict.peek() === null ? 0 : pause, () => void once(design, by));
  });
}

/** Does it after so many milliseconds; after none, as soon as what runs now is done and before the next frame is drawn. The
 * answer calls it off. */
function after(wait: number, does: () => void): () => void {
  let called = false;
  const unlessCalled = () => {
    if (!called) does();
  };
  if (wait > 0) setTimeout(unlessCalled, wait);
  else queueMicrotask(unlessCalled);
  return () => {
    called = true;
  };
}

function newDay(): void {
  now.value = today();
}

async function once(design: string, by: { day: string; packs: readonly string[] }): Promise<void> {
  const mine = new AbortController();
  asked = mine;
  const began = performance.now();
  try {
    const answer = await judge(design, { asOf: by.day, packs: by.packs, record: false, signal: mine.signal });
    if (mine.signal.aborted) return;
    const took = performance.now() - began;
    pause = Math.min(longest, Math.max(shortest, took / 6));
    const found = sharing(verdict.peek(), answer.verdict);
    batch(() => {
      before.value = verdict.peek();
      verdict.value = found;
      verdictOf.value = { text: design, day: by.day, packs: by.packs.join(" ") };
      problems.value = [];
      settled.value = true;
      busy.value = false;
    });
  } catch (error) {
    if (mine.signal.aborted) return;
    batch(() => {
      busy.value = false;
      settled.value = verdict.peek() === null || (problems.peek().length > 0 && settled.peek());
      problems.value = told(error);
    });
    if (!settled.value) settling = setTimeout(() => { settled.value = true; }, patience);
    const again = until(error);
    if (again !== null) stopWaiting = after(1000 * again, () => void once(design, by));
  }
}

/** After how many seconds it is worth asking again without any change, or null: a busy or absent service may be back. */
function until(error: unknown): number | null {
  if (error instanceof Unreachable) return 3;
  if (error instanceof Refused && error.details.status === 429) return Math.max(1, error.retryAfter ?? 2);
  return null;
}

function told(error: unknown) {
  if (error instanceof Refused) {
    const { details } = error;
    return details.problems?.length ? details.problems : [{ code: String(details.status), message: error.message }];
  }
  if (error instanceof Unreachable) return [{ code: "", message: error.message, hint: "It is asked again every few seconds." }];
  throw error;
}
