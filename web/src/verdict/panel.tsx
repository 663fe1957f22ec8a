// The verdict: its status at a glance, then what to do, what is asked, the subjects, and all that stands beside.
import { useMemo } from "preact/hooks";
import { Interview } from "../interview";
import { Name, Sentence } from "../parts/name";
import { Status, word } from "../parts/status";
import { before, busy, current, faded, problems, seek, settled, verdict, verdictOf } from "../state";
import { Bounds } from "./bounds";
import { Advisories, Assumed, Completeness, Unrecognised } from "./notes";
import { Subjects } from "./subjects";
import { TakeAway } from "./take_away";
import type { Verdict } from "./types";
import { confidences, plural } from "./words";

/** The verdict of the design in the workbench. */
export function VerdictPanel() {
  const of = verdict.value;
  const wrong = problems.value.length > 0 && settled.value;
  return (
    <div class="verdict-panel" aria-busy={busy.value}>
      {wrong && <Problems />}
      {of && (
        <div class={faded.value ? "verdict-body stale" : "verdict-body"}>
          <Headline of={of} />
          <Actions of={of} />
          <Interview of={of} />
          <VerdictDetails of={of} live />
        </div>
      )}
      {!of && problems.value.length === 0 && <p class="soft empty">{busy.value ? "Judging…" : "Write a design, open one, or start from an example: its verdict stands here."}</p>}
    </div>
  );
}

/** What follows the headline, also for a verdict of other days: `live` where lines can be gone to. */
export function VerdictDetails({ of, live = false }: { of: Verdict; live?: boolean }) {
  // It may be long, and seldom changes: the same element is not looked at again.
  const assumed = useMemo(() => <Assumed of={of.assumed} live={live} />, [of.assumed, live]);
  return (
    <>
      <Unrecognised of={of} live={live} />
      <Subjects of={of} live={live} />
      <Advisories of={of} live={live} />
      {of.warnings.length > 0 && <section class="note-card"><h3>Warnings</h3><ul>{of.warnings.map((each) => <li key={each}><Sentence of={each} /></li>)}</ul></section>}
      {assumed}
      <Completeness of={of} chosen={live && verdictOf.value.packs !== ""} />
    </>
  );
}

function Problems() {
  return (
    <section class="problems" aria-labelledby="problems-title">
      <h2 id="problems-title">{plural(problems.value.length, "problem")} to solve before it can be judged</h2>
      <ul class="plain">
        {problems.value.slice(0, 50).map((each, index) => (
          <li key={index}>
            {each.line ? <button type="button" class="link line" onClick={() => seek({ line: each.line as number })}>line {each.line}</button> : null}
            <span><Sentence of={each.message} />{each.code && <span class="faint code"> {each.code}</span>}{each.hint && <span class="hint soft small"><Sentence of={each.hint} /></span>}</span>
          </li>
        ))}
      </ul>
      {verdict.value && !current.value && <p class="small soft">Below stands the last verdict, of the design as it was before.</p>}
    </section>
  );
}

function Headline({ of }: { of: Verdict }) {
  const { coverage } = of;
  const was = before.value && before.value.design === of.design && before.value.status !== of.status ? before.value.status : null;
  const by = verdictOf.value.packs.split(" ").filter(Boolean);
  const left = coverage.judged - coverage.covered - coverage.open;
  return (
    <header class={`headline tone-${of.status}`}>
      <div class="row">
        <Status of={of.status} size="huge" />
        {was && <span class="small soft">was {word(was)}</span>}
        {of.disputed && <span class="tag disputed">disputed</span>}
        <span class="grow" />
        {!current.value && <span class="tag previous">before the last change</span>}
        {by.length > 0 && <span class="tag">by {plural(by.length, "chosen pack")}</span>}
        <span class="soft small numbers">as of {of.as_of}</span>
      </div>
      <h2><Name of={of.design} /></h2>
      {of.at_worst !== of.at_best && <Bounds worst={of.at_worst} best={of.at_best} />}
      <div class="coverage">
        <span class="stack" aria-hidden="true">
          <span class="covered" style={{ flexGrow: coverage.covered }} />
          <span class="open" style={{ flexGrow: coverage.open }} />
          <span class="left" style={{ flexGrow: Math.max(0, left) }} />
        </span>
        <span class="small"><strong>{coverage.covered} of {coverage.judged}</strong> judged subjects covered{coverage.open > 0 && `, ${coverage.open} open`}</span>
        {of.confidence && of.confidence !== "full" && <span class="small soft">rests on articles {confidences[of.confidence] ?? of.confidence}</span>}
      </div>
      <TakeAway />
    </header>
  );
}

function Actions({ of }: { of: Verdict }) {
  if (!of.actions.length) return null;
  return (
    <section class="actions" aria-labelledby="actions-title">
      <h3 id="actions-title">What to do</h3>
      <ol>{of.actions.slice(0, 12).map((each) => <li key={each}><Sentence of={each} /></li>)}</ol>
      {of.actions.length > 12 && <p class="small soft">and {of.actions.length - 12} more, with their findings</p>}
    </section>
  );
}
