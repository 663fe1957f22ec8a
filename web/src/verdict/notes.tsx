// What stands beside the statuses: what was not recognised, what was assumed, advisories, and the completeness ledger.
import { Name } from "../parts/name";
import { current, parsed, seek, text } from "../state";
import { setAt } from "../design/edit";
import { parts, placing } from "../design/read";
import { address } from "../route";
import { linesOf } from "./places";
import { List } from "./subjects";
import type { Assumed as AssumedFact, Finding, Verdict } from "./types";
import { inWords, plural } from "./words";

export function Unrecognised({ of, live }: { of: Verdict; live: boolean }) {
  if (!of.unrecognised.length) return null;
  return (
    <section class="note-card warn">
      <h3>Not recognised</h3>
      <p class="small soft">Unknown to every rule until it is written in words we know.</p>
      <ul class="plain">
        {of.unrecognised.map((each) => (
          <li key={each.pointer} class="row">
            <Name of={each.text} code />
            {live && <button type="button" class="link line" onClick={() => seek({ pointer: each.pointer })}>line {each.at?.line}</button>}
            {each.nearest.length > 0 && <span class="soft">did you mean</span>}
            {each.nearest.map((near) => live
              ? <button key={near} type="button" class="small" onClick={() => { if (current.value) text.value = setAt(text.value, parts(each.pointer), near); }}>{near}</button>
              : <span key={near}>{near}</span>)}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Advisories({ of, live }: { of: Verdict; live: boolean }) {
  const lines = (listed: readonly Finding[]) => (live ? linesOf(listed, of, placing(parsed.peek())) : "");
  if (!of.advisories.length && !of.may_apply.length) return null;
  return (
    <section class="note-card">
      <h3>Known problems and advice <span class="soft">these change no status</span></h3>
      <List of={of.advisories} live={live} lines={lines(of.advisories)} />
      {of.may_apply.length > 0 && <><h4 class="soft small">May apply</h4><List of={of.may_apply} live={live} lines={lines(of.may_apply)} /></>}
    </section>
  );
}

export function Assumed({ of, live }: { of: readonly AssumedFact[]; live: boolean }) {
  if (!of.length) return null;
  const weighty = of.filter((each) => each.decides).length;
  return (
    <details class="note-card">
      <summary><h3>Assumed</h3> <span class="soft small">{plural(of.length, "fact")} left out and read as the vocabulary says; {weighty} of them bear on a status</span></summary>
      <table>
        <thead><tr><th scope="col">Fact</th><th scope="col">read as</th><th scope="col">to say otherwise</th></tr></thead>
        <tbody>
          {of.map((each) => (
            <tr key={each.fact}>
              <td>{live ? <button type="button" class="link code" onClick={() => seek({ pointer: each.pointer })}><Name of={each.fact} /></button> : <Name of={each.fact} code />}{each.decides && <span class="tag">bears on a status</span>}</td>
              <td>{inWords(each.as)}</td>
              <td><Name of={each.say} code /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const entries = [
  ["violated", "violated", "unsupported"],
  ["open", "open", "undetermined"],
  ["satisfied", "satisfied", "supported"],
  ["harmless", "harmless either way", "conditional"],
  ["not_applicable", "not applicable", "none"],
  ["not_in_force", "not in force that day", "none"],
] as const;

/** `chosen` where not all packs were asked. */
export function Completeness({ of, chosen }: { of: Verdict; chosen: boolean }) {
  const { ledger } = of;
  return (
    <section class="note-card" aria-labelledby="completeness-title">
      <h3 id="completeness-title">Completeness <span class="soft">every rule against every subject it could concern: {ledger.total.toLocaleString("en")}</span></h3>
      <div class="stack" aria-hidden="true">
        {entries.map(([key, , tone]) => ledger[key] > 0 && <Share key={key} tone={tone} kind={key} part={ledger[key] / Math.max(1, ledger.total)} />)}
      </div>
      <ul class="legend">
        {entries.map(([key, word, tone]) => (
          <li key={key}><span class={`swatch tone-${tone} ${key}`} aria-hidden="true" /><strong class="numbers">{ledger[key]}</strong> {word}</li>
        ))}
      </ul>
      <details>
        <summary class="small soft">Judged by {plural(of.packs.length, "pack")}{chosen && ", those chosen and what they require,"} and {plural(of.catalogues.length, "catalogue")}, engine {of.engine.version}</summary>
        <ul class="plain small digests">
          {of.packs.map((each) => <li key={each.pack}><a href={address("policies", ["pack", each.pack])}>{each.pack}</a> {each.version} <span class="faint code">{each.digest.slice(0, 19)}…</span></li>)}
          {of.catalogues.map((each) => <li key={each.catalogue}>{each.catalogue} {each.version} <span class="faint code">{each.digest.slice(0, 19)}…</span></li>)}
        </ul>
        <p class="small soft">Design <span class="code">{of.digest}</span></p>
      </details>
    </section>
  );
}

function Share({ tone, kind, part }: { tone: string; kind: string; part: number }) {
  return <span class={`tone-${tone} ${kind}`} style={{ flexGrow: part }} />;
}
