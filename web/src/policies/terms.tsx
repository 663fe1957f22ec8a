// The glossary: all terms, and one with its entry in every pack that explains it.
import { Name } from "../parts/name";
import { useAsked } from "./asked";
import { Cites, Missing, Prose } from "./bits";
import { packAddress, termAddress } from "./links";
import { usePages } from "./pages";
import type { Term } from "./types";

export function TermsPage() {
  const { items, more, failed, waiting } = usePages<Term>("v1/glossary?limit=100");
  if (!items.length && (waiting || failed)) return <Missing failed={failed} />;
  return (
    <>
      <h2>Terms that packs explain</h2>
      <dl class="card padded terms">
        {items.map((each) => (
          <div key={`${each.term} ${each.pack}`}><dt><a href={termAddress(each.term)}><Name of={each.term} /></a></dt><dd><Prose of={each.text} /></dd></div>
        ))}
      </dl>
      {more && <button type="button" onClick={more} disabled={waiting}>More terms</button>}
    </>
  );
}

export function TermPage({ term }: { term: string }) {
  const { value, failed } = useAsked<{ term: string; entries: Term[] }>(`v1/glossary/${encodeURIComponent(term)}`);
  if (!value) return <Missing failed={failed} />;
  return (
    <article>
      <h2><Name of={value.term} /></h2>
      {value.entries.map((each) => (
        <section key={each.pack} class="card padded">
          <p class="measure"><Prose of={each.text} /></p>
          <Cites of={each.citations} />
          <p class="small soft">explained by <a href={packAddress(each.pack)}>{each.pack}</a></p>
        </section>
      ))}
    </article>
  );
}
