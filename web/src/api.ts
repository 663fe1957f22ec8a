// Requests to the service that served the page. Addresses are relative, so that it may stand behind any prefix.
import { signal } from "@preact/signals";
import type { Verdict } from "./verdict/types";

/** One of the problems that a refused request tells of, all at once. */
export interface Problem {
  code: string;
  message: string;
  hint?: string;
  move?: string;
  file?: string;
  line?: number;
  column?: number;
  pointer?: string;
}

/** RFC 9457 problem details, as every refusal of the service is. */
export interface ProblemDetails {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  problems?: Problem[];
}

/** What a request rejects with when the service answered, but not with what was asked for. */
export class Refused extends Error {
  /** `retryAfter` is in seconds, null where the service does not say. */
  constructor(
    readonly details: ProblemDetails,
    readonly retryAfter: number | null = null,
  ) {
    super(details.detail || details.title);
  }
}

/** What a request rejects with when no answer came. */
export class Unreachable extends Error {}

/** The API key that requests carry, where the service asks for one. It lives as long as the tab. */
export const apiKey = signal(remembered());
/** Whether the last answer was that a key is needed, or that this one does not do. */
export const keyWanted = signal(false);

function remembered(): string {
  try {
    return sessionStorage.getItem("supportable-key") ?? "";
  } catch {
    return "";
  }
}

export function useKey(key: string): void {
  apiKey.value = key.trim();
  keyWanted.value = false;
  try {
    sessionStorage.setItem("supportable-key", apiKey.value);
  } catch {
    // without storage the key lives as long as the page
  }
}

export interface Asking {
  method?: string;
  body?: BodyInit;
  type?: string;
  accept?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The answer, whatever its media type; `Refused` for 400 and above, `Unreachable` if none came. Aborting rejects as fetch does. */
export async function ask(path: string, asking: Asking = {}): Promise<Response> {
  const headers = new Headers(asking.headers);
  headers.set("Accept", asking.accept ?? "application/json");
  if (asking.type) headers.set("Content-Type", asking.type);
  if (apiKey.value) headers.set("Authorization", `Bearer ${apiKey.value}`);
  const request: RequestInit = { method: asking.method ?? "GET", headers };
  if (asking.body !== undefined) request.body = asking.body;
  if (asking.signal) request.signal = asking.signal;
  let answer: Response;
  try {
    answer = await fetch(path, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable("The service does not answer.");
  }
  if (answer.status === 401) keyWanted.value = true;
  if (!answer.ok) throw new Refused(await details(answer), seconds(answer));
  return answer;
}

function seconds(answer: Response): number | null {
  const said = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
  return Number.isFinite(said) && said >= 0 ? said : null;
}

async function details(answer: Response): Promise<ProblemDetails> {
  try {
    const body: unknown = await answer.json();
    if (typeof body === "object" && body !== null && "title" in body) return body as ProblemDetails;
  } catch {
    // no JSON: a proxy's page, say
  }
  return { title: answer.statusText || `HTTP ${answer.status}`, status: answer.status };
}

/** What an answer holds, as JSON; `Unreachable` if it breaks off or is none. Aborting rejects as fetch does. */
export async function json<T>(answer: Response): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable("The service’s answer broke off, or something else answered in its place.");
  }
}

/** The JSON at a path. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return json<T>(await ask(path, signal ? { signal } : {}));
}

export interface Evaluation {
  id: string | null;
  verdict: Verdict;
}

/** How a design is judged: as of a day (ISO, or "" for today), by the packs named or by all if none is, recorded in the ledger or not. */
export interface Judging {
  asOf: string;
  packs: readonly string[];
  record: boolean;
  name?: string;
  /** The media type of the design, YAML if left out. */
  type?: string;
  accept?: string;
  signal?: AbortSignal;
}

/** The service's answer to a design in YAML (or JSON, which is YAML too), in the form that `accept` names. */
export function judged(design: string, judging: Judging): Promise<Response> {
  const query = new URLSearchParams({ record: String(judging.record) });
  if (judging.asOf) query.set("as_of", judging.asOf);
  for (const each of judging.packs) query.append("pack", each);
  if (judging.name) query.set("name", judging.name);
  const asking: Asking = { method: "POST", body: design, type: judging.type ?? "application/yaml" };
  if (judging.accept) asking.accept = judging.accept;
  if (judging.signal) asking.signal = judging.signal;
  return ask(`v1/evaluations?${query}`, asking);
}

export async function judge(design: string, judging: Judging): Promise<Evaluation> {
  return json<Evaluation>(await judged(design, judging));
}
