// One evaluation as it was recorded: what was asked, what came of it, and how to have it judged again.
import { batch, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, judge, Refused } from "../api";
import { offer } from "../bom/sent";
import { fromToml } from "../files/reading";
import { Name } from "../parts/name";
import { Status, word } from "../parts/status";
import { useAsked } from "../policies/asked";
import { Missing } from "../policies/bits";
import { packAddress } from "../policies/links";
import { usePages } from "../policies/pages";
import { address, go } from "../route";
import { asOf, packs, text, today } from "../state";
import { VerdictDetails } from "../verdict/panel";
import { moment } from "./list";
import type { Entry, Evaluation } from "./types";

const forms: [accept: string, title: string, ending: string][] = [
  ["text/html", "HTML", "html"], ["text/markdown", "Markdown", "md"], ["application/sarif+json", "SARIF", "sarif"], ["application/json", "JSON", "json"],
];

export function EntryPage({ id }: { id: string }) {
  const { value: of, failed } = useAsked<Evaluation>(`v1/evaluations/${encodeURIComponent(id)}`);
  useEffect(() => scrollTo(0, 0), [id]);
  if (!of) return <Missing failed={failed} />;
  return (
    <article class="recorded">
      <p class="soft small"><a href={address("ledger")}>Ledger</a> · recorded {moment(of.recorded_at)}{of.by && <> by <Name of={of.by} /></>}</p>
      <h2><Name of={of.name || "without a name"} /></h2>
      <p class="row">
        <Status of={of.status} size="huge" />
        {of.at_worst !== of.at_best && <span class="soft">{word(of.at_worst)} at worst, {word(of.at_best)} at best</span>}
        <span class="soft">as of <strong class="numbers">{of.as_of}</strong> · {of.verdict.coverage.covered} of {of.verdict.coverage.judged} judged subjects covered</span>
      </p>
      <Actions of={of} />
      <div class="recorded-parts">
        <div class="verdict-panel"><div class="verdict-body">
          {of.verdict.actions.length > 0 && (
            <section class="actions"><h3>What to do</h3><ol>{of.verdict.actions.map((each) => <li key={each}><Name of={each} /></li>)}</ol></section>
          )}
          <VerdictDetails of={of.verdict} />
        </div></div>
        <aside>
          <section class="card padded">
            <h3>The design</h3>
            <pre class="design-text" tabIndex={0} aria-label="The design as it was sent">{of.design}</pre>
          </section>
          <Provenance of={of} />
        </aside>
      </div>
    </article>
  );
}

async function open(of: Evaluation): Promise<void> {
  const design = of.design_media_type === "application/toml" ? await fromToml(of.design, of.name ?? "design") : of.design;
  batch(() => {
    text.value = design;
    asOf.value = of.as_of ?? "";
    packs.value = of.only ?? [];
  });
  go("workbench");
}

function Actions({ of }: { of: Evaluation }) {
  const said = useSignal("");
  const download = async (accept: string, ending: string) => {
    try {
      const answer = await ask(`v1/evaluations/${encodeURIComponent(of.id)}`, { accept });
      offer(await answer.blob(), `${(of.name ?? "design").replace(/[^\w.-]+/g, "-").slice(0, 80)}-${of.as_of ?? ""}.${ending}`);
    } catch (error) {
      said.value = error instanceof Refused ? [error.message, error.details.problems?.[0]?.hint].filter(Boolean).join(" — ") : "The service does not answer.";
    }
  };
  const now = async () => {
    said.value = "Judging…";
    try {
      const again = await judge(of.design, { asOf: today(), packs: of.only ?? [], record: true, name: of.name ?? "", type: of.design_media_type });
      said.value = "";
      if (again.id) go("ledger", ["compare", of.id, again.id]);
    } catch (error) {
      said.value = error instanceof Error ? error.message : "It could not be judged.";
    }
  };
  return (
    <>
      <p class="row">
        <button type="button" class="main" onClick={() => void open(of)}>Open in the workbench</button>
        <button type="button" onClick={() => void now()}>Judge it as of today and compare</button>
        <Before of={of} />
        <span class="grow" />
        <span class="row small soft">Download {forms.map(([accept, title, ending]) => <button key={ending} type="button" class="link" onClick={() => void download(accept, ending)}>{title}</button>)}</span>
      </p>
      <p class="small soft" role="status">{said.value}</p>
    </>
  );
}

/** The evaluation of the same name that was recorded before this one, if there is one. */
function Before({ of }: { of: Evaluation }) {
  const asked = of.name ? `v1/evaluations?${new URLSearchParams({ name: of.name, until: of.recorded_at, limit: "1" })}` : "";
  if (!asked) return null;
  return <BeforeLink path={asked} id={of.id} />;
}

function BeforeLink({ path, id }: { path: string; id: string }) {
  const { items } = usePages<Entry>(path);
  const [before] = items;
  return before && before.id !== id && !before.pruned ? <a href={address("ledger", ["compare", before.id, id])}>Compare with the one before</a> : null;
}

function Provenance({ of }: { of: Evaluation }) {
  return (
    <section class="card padded small provenance">
      <h3>What it rests on</h3>
      <dl>
        <div><dt>Evaluation</dt><dd class="code">{of.id}</dd></div>
        <div><dt>Verdict</dt><dd class="code">{of.verdict_digest}</dd></div>
        <div><dt>Design</dt><dd class="code">{of.design_digest}</dd></div>
        <div><dt>Engine</dt><dd class="code">{of.engine}</dd></div>
      </dl>
      {of.only && <p class="soft">Not all packs were asked, but {of.only.join(", ")} and what they require:</p>}
      <ul class="plain">{of.packs.map((each) => <li key={each.pack}><a href={packAddress(each.pack)}>{each.pack}</a> {each.version} <span class="code soft">{each.digest.slice(7, 17)}</span></li>)}</ul>
      <p>To judge it again with the very packs of that time, and see that not a byte differs:</p>
      <p><code class="replay">supportable replay {of.id}</code></p>
    </section>
  );
}
