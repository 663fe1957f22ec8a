// The bill that was given, what was said about it, and what the service answered.
import { batch, computed, effect, signal } from "@preact/signals";
import { apiKey, ask, json, type Problem, Refused, Unreachable } from "../api";
import { now, text } from "../state";
import { stringify } from "yaml";
import { type JudgedBill, urgency } from "./model";

/** What somebody said that a part is: a name as a bill would write it, or a kind of hardware. */
export interface Said {
  name: string;
  kind: string;
  vendor: string;
  model: string;
}

export const file = signal<File | null>(null);
export const bill = signal<JudgedBill | null>(null);
export const faults = signal<Problem[]>([]);
export const busy = signal(false);
/** By part number and description; the same thing said under several keys is one. */
export const said = signal<ReadonlyMap<string, Said>>(new Map());
/** Which column is what, where the service could not tell: role to header, or to a place such as #3. */
export const columns = signal<Record<string, string>>({});
/** The day that bills are judged as of, "" for today: a quote is of now, whatever day the workbench looks at. */
export const day = signal("");
export const judgedBy = computed(() => day.value || now.value);
/** Whether the lines are held against the design in the workbench. */
export const against = signal(false);

/** Whether the next line is to be gone to when the answer is there: something was just said of the one before. */
export const goOn = signal(false);

/** Which lines are shown, and in which order. */
export const shownStatus = signal("");
export const searched = signal("");
export const asInFile = signal(false);

export const lines = computed(() => {
  const held = bill.value?.lines ?? [];
  const words = searched.value.trim().toLowerCase();
  const chosen = held.filter(
    (line) =>
      (shownStatus.value ? line.status === shownStatus.value : asInFile.value || line.status !== "no_item") &&
      (!words || `${Object.values(line.text).join(" ")} ${line.recognised?.title ?? ""} ${line.reasons.join(" ")}`.toLowerCase().includes(words)),
  );
  if (asInFile.value) return chosen;
  const rank = new Map(urgency.map((status, place) => [status, place]));
  return chosen
    .map((line, place) => ({ line, place }))
    .sort((one, other) => (rank.get(one.line.status) ?? 9) - (rank.get(other.line.status) ?? 9) || one.place - other.place)
    .map(({ line }) => line);
});

/** The profile that says what was said here: to be sent along, and to be kept. */
export const profile = computed(() => {
  const parts = Object.fromEntries(
    [...said.value].map(([key, { name, kind, vendor, model }]) => [
      key, kind ? { kind, ...(vendor && { vendor }), ...(model && { model }) } : name,
    ]),
  );
  const named = Object.fromEntries(Object.entries(columns.value).filter(([, header]) => header.trim()));
  return stringify({ ...(Object.keys(named).length && { columns: named }), ...(said.value.size && { parts }) });
});

/** Takes another bill: what was said of the parts of the last one stays, as quotes name the same parts again. */
export function take(given: File): void {
  columns.value = {};
  bill.value = null;
  faults.value = [];
  shownStatus.value = "";
  searched.value = "";
  file.value = given;
}

let asked: AbortController | undefined;

/** Judges the bill again whenever it, what is said of it, or the day changes; until the answer is called. */
export function follow(): () => void {
  const stop = effect(() => {
    const given = file.value;
    apiKey.value;
    const wanted = about.value;
    asked?.abort();
    if (given && stale.peek()) void judged(given, wanted);
    else
      batch(() => {
        busy.value = false;
        faults.value = [];
      });
  });
  return () => {
    stop();
    asked?.abort();
  };
}

interface About {
  profile: string;
  asOf: string;
  design: string;
}

/** What the bill is to be judged with as things are now. */
const about = computed<About>(() => ({ profile: profile.value, asOf: judgedBy.value, design: against.value ? text.value : "" }));
/** What the bill that is shown was judged with. */
const last = signal<About | null>(null);

/** Whether no bill is shown, or one of another day, design or profile. */
export const stale = computed(() => {
  const [was, wanted] = [last.value, about.value];
  return bill.value === null || was?.profile !== wanted.profile || was.asOf !== wanted.asOf || was.design !== wanted.design;
});

async function judged(given: File, wanted: About): Promise<void> {
  const mine = new AbortController();
  asked = mine;
  busy.value = true;
  try {
    const answer = await send(given, wanted, "application/json", mine.signal);
    const found = await json<JudgedBill>(answer);
    if (mine.signal.aborted) return;
    batch(() => {
      last.value = wanted;
      bill.value = found;
      faults.value = [];
    });
  } catch (error) {
    if (!mine.signal.aborted) faults.value = told(error);
  } finally {
    if (!mine.signal.aborted) busy.value = false;
  }
}

function send(given: File, about: About, accept: string, aborted?: AbortSignal): Promise<Response> {
  const form = new FormData();
  form.append("file", given, given.name);
  if (about.profile.trim() !== "{}") form.append("profile", new Blob([about.profile], { type: "application/yaml" }), "profile.yaml");
  if (about.design) form.append("design", new Blob([about.design], { type: "application/yaml" }), "design.yaml");
  const query = about.asOf ? `?as_of=${about.asOf}` : "";
  return ask(`v1/boms${query}`, { method: "POST", body: form, accept, ...(aborted && { signal: aborted }) });
}

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The bill as a workbook with its verdicts in columns of their own. */
export async function annotated(): Promise<Blob | null> {
  if (!file.value) return null;
  try {
    return await (await send(file.value, about.value, workbook)).blob();
  } catch (error) {
    faults.value = told(error);
    return null;
  }
}

function told(error: unknown): Problem[] {
  if (error instanceof Refused) {
    const { problems, status } = error.details;
    return problems?.length ? problems : [{ code: String(status), message: error.message }];
  }
  if (error instanceof Unreachable) return [{ code: "", message: error.message }];
  throw error;
}

/** Offers something made here as a file. */
export function offer(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
