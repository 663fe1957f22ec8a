// One search over rules, articles, terms, definitions and what a design can say. Its words stand in the address.
import { useEffect, useRef } from "preact/hooks";
import { address, route } from "../route";
import { useAsked } from "./asked";
import { Missing, Prose } from "./bits";
import { Template } from "./expression";
import { articleAddress, packAddress, ruleAddress, termAddress } from "./links";
import type { Hits } from "./types";

export function SearchField() {
  const field = useRef<HTMLInputElement>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const words = route.value.query.get("q") ?? "";
  useEffect(() => {
    if (field.current && field.current !== document.activeElement) field.current.value = words;
  }, [words]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const search = (given: string) => {
    clearTimeout(waiting.current);
    // While somebody types it is one search, not a page for each letter on the way back.
    waiting.current = setTimeout(() => {
      const to = given.trim() ? address("policies", [], { q: given.trim() }) : address("policies");
      if (route.peek().query.has("q")) location.replace(to);
      else location.hash = to;
    }, 160);
  };
  return (
    <form role="search" class="policy-search" onSubmit={(event) => { event.preventDefault(); search(field.current?.value ?? ""); }}>
      <input
        ref={field} type="search" aria-label="Search rules, articles and terms" placeholder="Search rules, articles, terms…" defaultValue={words}
        maxLength={200} onInput={(event) => search(event.currentTarget.value)}
      />
    </form>
  );
}

export function Found({ words }: { words: string }) {
  const { value, failed } = useAsked<Hits>(`v1/search?limit=50&q=${encodeURIComponent(words.slice(0, 200))}`);
  if (!value) return <Missing failed={failed} />;
  return (
    <>
      <h2 aria-live="polite">{value.total === 0 ? "Nothing is like that" : value.total === 1 ? "1 thing found" : `${value.total} things found`}</h2>
      <ul class="card padded rule-list">
        {value.items.map((each) => (
          <li key={`${each.kind} ${each.id} ${each.pack}`}>
            <span><a href={addressOf(each)}><Prose of={each.title} /></a></span>
            <span class="small soft"><span class="tag">{each.kind}</span> {each.pack && `${each.pack} · `}<bdi class="name"><Template of={each.excerpt} /></bdi></span>
          </li>
        ))}
      </ul>
    </>
  );
}

function addressOf({ kind, id, pack }: Hits["items"][number]): string {
  switch (kind) {
    case "rule": return ruleAddress(id);
    case "article": return articleAddress(id);
    case "term": return termAddress(id);
    case "attribute": return address("policies", ["vocabulary", id.split(".")[0] ?? ""]);
    default: return packAddress(pack);
  }
}
