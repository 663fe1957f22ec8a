// A list that comes in pages: what is there so far, and a way to the next page while there is one.
import { useEffect, useState } from "preact/hooks";
import { apiKey, get } from "../api";

export interface Pages<T> {
  items: T[];
  more: (() => void) | undefined;
  waiting: boolean;
  failed: string;
}

/** `path` has a query already; another path begins anew. */
export function usePages<T>(path: string): Pages<T> {
  const [held, setHeld] = useState<{ path: string; items: T[]; next: string | null }>({ path: "", items: [], next: null });
  const [waiting, setWaiting] = useState(true);
  const [failed, setFailed] = useState("");
  const fetched = (cursor: string | null, before: T[]) => {
    setWaiting(true);
    const aborting = new AbortController();
    get<{ items: T[]; next: string | null }>(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path, aborting.signal).then(
      (page) => {
        setHeld({ path, items: [...before, ...page.items], next: page.next });
        setFailed("");
        setWaiting(false);
      },
      (error: unknown) => {
        if (aborting.signal.aborted) return;
        setFailed(error instanceof Error ? error.message : "It could not be fetched.");
        setWaiting(false);
      },
    );
    return () => aborting.abort();
  };
  useEffect(() => fetched(null, []), [path, apiKey.value]);
  const mine = held.path === path;
  return {
    items: mine ? held.items : [],
    more: mine && held.next ? () => void fetched(held.next, held.items) : undefined,
    waiting,
    failed,
  };
}
