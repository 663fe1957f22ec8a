// When the design was supported, from 2003 to today: a strip with a slider, and what changed the status.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { address } from "../route";
import { asOf, packs, parsed, today } from "../state";
import { plural } from "../verdict/words";
import { Changes } from "./changes";
import { isDay, iso, ordinal, readable } from "./dates";
import { ahead, awaited, faults, follow, periodOf, stale, stretches, timeline, type Timeline as Found } from "./fetched";
import { changeFrom, dayShown, Strip } from "./strip";

/** So many subjects have a bar of their own. */
const most = 12;

export function Timeline() {
  useEffect(follow, []);
  const found = timeline.value;
  const name = parsed.value.value.design;
  return (
    <div class="time">
      <header class="row">
        <h2>When was <Name of={typeof name === "string" && name ? name : "the design"} /> supported?</h2>
        {packs.value.length > 0 && <span class="tag">by {plural(packs.value.length, "chosen pack")}</span>}
        <span class="grow" />
        {awaited.value && <span class="soft small" role="status">Working it out…</span>}
        <label class="check small">
          <input type="checkbox" checked={ahead.value > 0} onChange={(event) => (ahead.value = event.currentTarget.checked ? 5 : 0)} />
          Look five years ahead
        </label>
      </header>
      {faults.value.length > 0 && !awaited.value && <Faults />}
      {found ? <Shown of={found} /> : !faults.value.length && <Waiting />}
    </div>
  );
}

function Shown({ of }: { of: Found }) {
  const open = useSignal(false);
  const subjects = useComputed(() => moving(timeline.value ?? of));
  const day = dayShown(of);
  const period = periodOf(of, day);
  const go = (step: number) => (asOf.value = iso(changeFrom(of, ordinal(day), step)));
  const lanes = open.value ? subjects.value.slice(0, most) : [];
  const statuses = new Set([undefined, ...lanes].flatMap((subject) => stretches(of, subject)).map((each) => each.status));
  return (
    <>
      <section class={`card strip-card${stale.value ? " stale" : ""}`} aria-label="Status over time">
        <div class="row as-of">
          <label>As of <input
            type="date" value={day} min={of.first} max={of.last}
            onChange={(event) => { if (isDay(event.currentTarget.value)) asOf.value = event.currentTarget.value; }}
          /></label>
          {period && <Status of={period.status} size="large" />}
          {stale.value && <span class="tag">before the last change</span>}
          <span class="row steps">
            <button type="button" onClick={() => go(-1)}>‹ <span>Earlier change</span></button>
            <button type="button" onClick={() => go(1)}><span>Later change</span> ›</button>
            <button type="button" onClick={() => (asOf.value = "")} disabled={asOf.value === "" || asOf.value === today()}>Today</button>
          </span>
          <span class="grow" />
          <a href={address("workbench")}>The verdict of that day</a>
        </div>
        <Strip of={of} lanes={lanes} />
        <p class="row small soft strip-legend">
          {[...statuses].map((status) => <Status key={status} of={status} />)}
          <span class="grow" />
          <span class="keys">Arrow keys move by days, with Shift by months, with Ctrl to the next change; Page Up and Page Down by years.</span>
          {subjects.value.length > 0 && (
            <button type="button" class="link small" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
              {open.value ? "Hide the subjects" : `Show ${subjects.value.length} ${subjects.value.length === 1 ? "subject" : "subjects"}`}
            </button>
          )}
        </p>
        {open.value && subjects.value.length > most && <p class="soft small">{subjects.value.length - most} more are not drawn.</p>}
        <Spoken of={of} />
      </section>
      <section aria-label="What changed it">
        <h3>What changed it</h3>
        <Changes of={of} />
      </section>
    </>
  );
}

/** The subjects that some rule speaks of at some time, worst first as on the last day. */
function moving(of: Found): string[] {
  const spoken = new Set<string>();
  for (const period of of.periods) for (const each of period.subjects) if (each.status !== "not_covered") spoken.add(each.subject);
  return (of.periods.at(-1)?.subjects ?? []).map((each) => each.subject).filter((subject) => spoken.has(subject));
}

function Spoken({ of }: { of: Found }) {
  return (
    <ul class="hidden" aria-label="Status over time, in words">
      {stretches(of).map((each) => <li key={each.first}>{readable(each.first)} to {readable(each.last)}: {each.status.replace("_", " ")}</li>)}
    </ul>
  );
}

function Faults() {
  return (
    <div class="card faults" role="alert">
      <p>There is no timeline of the design as it is now:</p>
      <ul>{faults.value.slice(0, 8).map((fault) => <li key={`${fault.code} ${fault.line} ${fault.message}`}><Name of={fault.message} /></li>)}</ul>
      <p><a href={address("workbench")}>Go to the workbench</a></p>
    </div>
  );
}

function Waiting() {
  return <div class="card strip-card waiting" aria-busy="true"><p class="soft">Judging the design on every day on which a policy changed…</p></div>;
}
