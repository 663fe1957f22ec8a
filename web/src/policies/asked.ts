// What the service tells of policies, fetched once for as long as the page is open and looked up anew when it is gone to.
import { useEffect, useState } from "preact/hooks";
import { apiKey, ask, json, Refused } from "../api";

const kept = new Map<string, unknown>();

export interface Asked<T> {
  value: T | undefined;
  failed: string;
}

/** The JSON at a path; the last answer stands until the new one is there. "" asks for nothing. */
export function useAsked<T>(path: string): Asked<T> {
  const [, again] = useState(0);
  const key = apiKey.value;
  const [failure, setFailure] = useState({ path: "", message: "" });
  useEffect(() => {
    if (!path) return;
    const aborting = new AbortController();
    ask(path, { signal: aborting.signal })
      .then((answer) => json<unknown>(answer))
      .then(
        (value: unknown) => {
          kept.set(path, value);
          again((count) => count + 1);
        },
        (error: unknown) => {
          if (aborting.signal.aborted) return;
          const hint = error instanceof Refused ? (error.details.problems?.[0]?.hint ?? "") : "";
          setFailure({ path, message: [error instanceof Error ? error.message : "It could not be fetched.", hint].filter(Boolean).join(" — ") });
        },
      );
    return () => aborting.abort();
  }, [path, key]);
  return { value: kept.get(path) as T | undefined, failed: failure.path === path ? failure.message : "" };
}
