// The timeline of the design as it is now, by the packs that are chosen. It takes the service a second or two, so it is asked for while somebody looks at
// it, a moment after the last change; the older one stays until then.
import { batch, computed, effect, signal } from "@preact/signals";
import { apiKey, ask, json, type Problem, Refused, Unreachable } from "../api";
import { packs, packsAsked, text, today } from "../state";
import type { Citation, Status } from "../verdict/types";
import { iso, monthsLater, ordinal } from "./dates";

export interface Turn {
  subject: string;
  rule: string;
  title: string;
  before: string;
  after: string;
  outcome: string;
  citations: Citation[];
}

export interface Period {
  first: string;
  last: string;
  status: Status;
  at_worst: Status;
  at_best: Status;
  disputed: boolean;
  subjects: { subject: string; status: Status; at_worst: Status; at_best: Status }[];
  turns: Turn[];
}

export interface Timeline {
  design: string;
  first: string;
  last: string;
  periods: Period[];
}

export const timeline = signal<Timeline | null>(null);
/** How many years beyond today are looked at. */
export const ahead = signal(0);
export const faults = signal<Problem[]>([]);
const answered = signal("");
/** Whether an answer to the text, packs and span as they are now is awaited. */
export const awaited = computed(() => answered.value !== asked());
/** Of which text, packs and span the timeline is. */
const shownOf = signal("");
/** Whether the timeline shown is of an older text, other packs or another span. */
export const stale = computed(() => shownOf.value !== asked());

const pause = 350;

/** How often it is asked again for what took too long, and how long it is waited before. What was worked out by then is kept
 * by the service, so that the next time it gets further. */
const again = { times: 4, pause: 800 };

/** Keeps the timeline abreast of the design until the answer is called. */
export function follow(): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  const stop = effect(() => {
    const [design, now] = [text.value, asked()];
    clearTimeout(waiting);
    running?.abort();
    if (shownOf.peek() === now) {
      answered.value = shownOf.peek();
      faults.value = [];
      return;
    }
    if (design.trim() === "") {
      timeline.value = null;
      return;
    }
    waiting = setTimeout(() => {
      running = new AbortController();
      void once(design, running.signal);
    }, timeline.peek() ? pause : 0);
  });
  return () => {
    stop();
    clearTimeout(waiting);
    running?.abort();
  };
}

async function once(design: string, aborted: AbortSignal, tries = again.times): Promise<void> {
  const now = asked();
  const query = new URLSearchParams(packs.value.map((each) => ["pack", each]));
  if (ahead.value) query.set("to", iso(monthsLater(ordinal(today()), 12 * ahead.value)));
  try {
    const answer = await ask(`v1/timeline?${query}`, { method: "POST", body: design, type: "application/yaml", signal: aborted });
    const found = await json<Timeline>(answer);
    if (aborted.aborted) return;
    batch(() => {
      timeline.value = found;
      faults.value = [];
      answered.value = shownOf.value = now;
    });
  } catch (error) {
    if (aborted.aborted) return;
    if (tries > 0 && error instanceof Refused && (error.details.status === 503 || error.details.status === 429)) {
      await new Promise((resolve) => setTimeout(resolve, again.pause));
      if (!aborted.aborted) await once(design, aborted, tries - 1);
      return;
    }
    batch(() => {
      answered.value = now;
      faults.value = told(error);
    });
  }
}

/** All that the answer hangs on, as things are now. */
function asked(): string {
  return [ahead.value, apiKey.value, packsAsked.value, text.value].join("\n");
}

function told(error: unknown): Problem[] {
  if (error instanceof Refused) {
    const { problems, status } = error.details;
    return problems?.length ? problems : [{ code: String(status), message: error.message }];
  }
  if (error instanceof Unreachable) return [{ code: "", message: error.message }];
  throw error;
}

/** The period a day lies in. */
export function periodOf(of: Timeline, day: string): Period | undefined {
  return of.periods.find((period) => period.first <= day && day <= period.last);
}

export interface Stretch {
  first: string;
  last: string;
  status: Status;
}

/** Days with one status of the design (or of a subject; "" is none), neighbours of one status made one. */
export function stretches(of: Timeline, subject?: string): Stretch[] {
  const found: Stretch[] = [];
  for (const { first, last, status, subjects } of of.periods) {
    const here = subject === undefined ? status : subjects.find((each) => each.subject === subject)?.status;
    const before = found.at(-1);
    if (before && before.status === here) before.last = last;
    else if (here) found.push({ first, last, status: here });
  }
  return found;
}
