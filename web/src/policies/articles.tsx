// The articles that rules rest on: all of them, and one with what cites it and how far it was read.
import { Name } from "../parts/name";
import { readable } from "../timeline/dates";
import { confidences } from "../verdict/words";
import { useAsked } from "./asked";
import { Missing, Outer } from "./bits";
import { articleAddress, packAddress, ruleAddress, termAddress } from "./links";
import { usePages } from "./pages";
import type { Article, ArticleSummary } from "./types";

export function ArticlesPage() {
  const { items, more, failed, waiting } = usePages<ArticleSummary>("v1/references?limit=100");
  if (!items.length && (waiting || failed)) return <Missing failed={failed} />;
  return (
    <>
      <h2>Articles that rules rest on</h2>
      <ul class="card rule-list padded">
        {items.map((each) => (
          <li key={each.id}>
            <span><a href={articleAddress(each.id)}>{each.id}</a> <Name of={each.title} /></span>
            <span class="soft small">{each.publisher} · {confidences[each.confidence] ?? each.confidence} · {each.cited_by === 1 ? "1 rule" : `${each.cited_by} rules`}</span>
          </li>
        ))}
      </ul>
      {more && <button type="button" onClick={more} disabled={waiting}>More articles</button>}
    </>
  );
}

export function ArticlePage({ id }: { id: string }) {
  const { value, failed } = useAsked<Article>(`v1/references/${encodeURIComponent(id)}`);
  if (!value) return <Missing failed={failed} />;
  return (
    <article>
      <p class="soft small">{value.publisher} · {value.kind.replaceAll("-", " ")}</p>
      <h2><Name of={value.title} /></h2>
      <p class="code small">{value.id}</p>
      <p><Outer url={value.url} /></p>
      <p class="small soft">{confidences[value.confidence] ?? value.confidence}{value.seen && `: ${value.seen}`}</p>
      {value.revisions.length > 0 && (
        <section class="card padded">
          <h3>Editions</h3>
          <ul class="rule-list">
            {value.revisions.map((each) => (
              <li key={each.id}>
                <strong class="numbers">{each.id}</strong>
                <span class="soft small">{[each.date && readable(each.date), confidences[each.confidence] ?? each.confidence, each.note].filter(Boolean).join(" · ")}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card padded">
        <h3>{value.rules.length === 1 ? "1 rule rests" : `${value.rules.length} rules rest`} on it</h3>
        <ul class="rule-list">
          {value.rules.map((each) => (
            <li key={each.rule}>
              <a href={ruleAddress(each.rule)}><Name of={each.title} /></a>
              <span class="soft small"><a href={packAddress(each.pack)}>{each.pack}</a>{each.revisions.length > 0 && ` · editions ${each.revisions.join(", ")}`}{each.sections.length > 0 && ` · ${each.sections.join("; ")}`}</span>
            </li>
          ))}
        </ul>
        {value.definitions.length > 0 && <p class="small">Definitions: <span class="code">{value.definitions.join(", ")}</span></p>}
        {value.terms.length > 0 && <p class="small">Terms: {value.terms.map((term, at) => <span key={term}>{at > 0 && ", "}<a href={termAddress(term)}>{term}</a></span>)}</p>}
        {value.catalogues.length > 0 && <p class="small">Catalogues: {value.catalogues.join(", ")}</p>}
      </section>
    </article>
  );
}
