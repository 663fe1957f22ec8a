// All packs, and one of them: its rules, definitions, terms and articles.
import { useSignal } from "@preact/signals";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { useAsked } from "./asked";
import { Cites, during, Missing, Prose } from "./bits";
import { Expression } from "./expression";
import { articleAddress, packAddress, ruleAddress, termAddress } from "./links";
import type { Pack, Packs } from "./types";

export function PacksPage() {
  const { value, failed } = useAsked<Packs>("v1/packs");
  if (!value) return <Missing failed={failed} />;
  const rules = value.items.reduce((sum, each) => sum + each.rules, 0);
  return (
    <>
      <h2>{value.items.length} packs, {rules.toLocaleString("en")} rules</h2>
      <ul class="tiles">
        {value.items.map((each) => (
          <li key={each.name} class="card">
            <a href={packAddress(each.name)}>
              <strong><Name of={each.title} /></strong>
              <span class="soft small">{each.rules} {each.rules === 1 ? "rule" : "rules"} · {each.publisher} · {each.version}</span>
              <span class="code soft small">{each.name}</span>
            </a>
          </li>
        ))}
      </ul>
      {value.broken.length > 0 && (
        <section class="card padded" role="alert">
          <h3>Packs that could not be loaded</h3>
          <ul>{value.broken.map((each) => <li key={each.name}><Name of={each.name} />: <Name of={each.problems.join("; ")} /></li>)}</ul>
        </section>
      )}
      <p class="soft small">Together they are <span class="code">{value.digest.slice(0, 26)}…</span>; every verdict names what it rests on.</p>
    </>
  );
}

export function PackPage({ name }: { name: string }) {
  const packs = useAsked<Packs>("v1/packs");
  const held = packs.value?.items.find((each) => each.name === name);
  const { value: pack, failed } = useAsked<Pack>(held ? `v1/packs/${encodeURIComponent(name)}/${encodeURIComponent(held.version)}` : "");
  const wanted = useSignal("");
  if (packs.value && !held) return <Missing failed={`There is no pack “${name}”.`} />;
  if (!pack) return <Missing failed={failed || packs.failed} />;
  const words = wanted.value.trim().toLowerCase();
  const rules = pack.rules.filter((rule) => !words || `${rule.title} ${rule.id} ${rule.subject} ${rule.outcomes.join(" ")}`.toLowerCase().includes(words));
  return (
    <article>
      <p class="soft small">{pack.publisher} · {pack.version}</p>
      <h2><Name of={pack.title} /></h2>
      <p class="code small soft">{pack.name} · {pack.digest.slice(0, 26)}…</p>
      {pack.description && <p class="measure"><Prose of={pack.description} /></p>}
      {pack.requires.length > 0 && (
        <p class="small">Rests on {pack.requires.map((each, at) => <span key={each.pack}>{at > 0 && ", "}<a href={packAddress(each.pack)}>{each.pack}</a> {each.versions}</span>)}</p>
      )}
      <section class="card padded">
        <div class="row">
          <h3>{pack.rules.length} rules</h3>
          <span class="grow" />
          <input type="search" aria-label="Find rules of this pack" placeholder="Find rules…" value={wanted.value} onInput={(event) => (wanted.value = event.currentTarget.value)} />
        </div>
        <ul class="rule-list">
          {rules.map((rule) => (
            <li key={rule.id}>
              <a href={ruleAddress(rule.rule)}><Prose of={rule.title} /></a>
              <span class="row small">
                {[...new Set(rule.outcomes)].map((outcome) => (outcome === "advisory" || outcome === "same" ? <span key={outcome} class="tag">{outcome === "same" ? "as what it depends on" : "advisory"}</span> : <Status key={outcome} of={outcome} />))}
                <span class="soft">{rule.subject}</span>
                {rule.changes_on.length > 0 && <span class="soft">changes on {rule.changes_on.slice(0, 3).join(", ")}{rule.changes_on.length > 3 && " …"}</span>}
              </span>
            </li>
          ))}
          {!rules.length && <li class="soft">No rule is like that.</li>}
        </ul>
      </section>
      {pack.definitions.length > 0 && (
        <section class="card padded">
          <h3>{pack.definitions.length} definitions <span class="soft">derived from what a design says</span></h3>
          <ul class="rule-list">
            {pack.definitions.map((one) => (
              <li key={one.fact}>
                <details>
                  <summary><Name of={one.title || one.fact} /> <span class="code soft small">{one.fact}</span></summary>
                  {one.texts.map((text) => (
                    <div key={text.since ?? "begin"} class="definition-text">
                      {one.texts.length > 1 && <p class="small soft">{during(text)}</p>}
                      <Expression of={text.value} />
                      <Cites of={text.citations} />
                    </div>
                  ))}
                </details>
              </li>
            ))}
          </ul>
        </section>
      )}
      {pack.terms.length > 0 && (
        <section class="card padded">
          <h3>{pack.terms.length} terms</h3>
          <p class="row">{pack.terms.map((one) => <a key={one.term} href={termAddress(one.term)}><Name of={one.term} /></a>)}</p>
        </section>
      )}
      {pack.references.length > 0 && (
        <section class="card padded">
          <h3>{pack.references.length} articles</h3>
          <p class="row">{pack.references.map((ref) => <a key={ref} href={articleAddress(ref)}>{ref}</a>)}</p>
        </section>
      )}
    </article>
  );
}
