// A finding: what a rule says of a subject, opening into why.
import { useState } from "preact/hooks";
import { Name, Sentence } from "../parts/name";
import { sign, word } from "../parts/status";
import { seek } from "../state";
import { CitationLine } from "./citation";
import { keyOf, toneOf } from "./places";
import { Proof, RuleLink } from "./proof";
import type { Finding } from "./types";

/** `lines` are those that decided it, none where there is no text to go to. */
export function FindingItem({ of, live, wanted, lines }: { of: Finding; live: boolean; wanted: boolean; lines: readonly number[] }) {
  const [opened, setOpened] = useState(wanted);
  const open = opened || wanted;
  const tone = of.outcome === "advisory" ? "not_covered" : toneOf(of);
  return (
    <li class={`finding tone-${tone}`} data-finding={keyOf(of)}>
      <details open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>
          <span class="sign" aria-hidden="true">{of.kind === "satisfied" || of.kind === "harmless" ? "✓" : of.outcome === "advisory" ? "i" : sign(tone)}</span>
          <span class="said">
            <span class="hidden">{kindWord(of)}: </span>
            <Sentence of={of.message || of.title} />
            <Tags of={of} />
          </span>
        </summary>
        {open && <Why of={of} live={live} />}
      </details>
      {lines.length > 0 && (
        <span class="lines">
          {lines.slice(0, 3).map((line) => (
            <button key={line} type="button" class="link line" onClick={() => seek({ line })}>line {line}</button>
          ))}
          {lines.length > 3 && <span class="faint">+{lines.length - 3}</span>}
        </span>
      )}
    </li>
  );
}

function kindWord(of: Finding): string {
  if (of.outcome === "advisory") return of.kind === "open" ? "may apply" : "advisory";
  return of.kind === "violated" ? word(of.outcome) : of.kind;
}

function Tags({ of }: { of: Finding }) {
  return (
    <>
      {of.kind === "open" && of.outcome && of.outcome !== "advisory" && <span class="tag">at worst {word(of.outcome)}</span>}
      {of.disputed && <span class="tag disputed">disputed</span>}
      {of.refused && <span class="tag">refused by the product itself</span>}
      {of.in_gap && <span class="tag">the policy’s text of that time is not known</span>}
      {of.covers && of.kind === "satisfied" && <span class="tag">states support</span>}
      {of.waived_by.length > 0 && <span class="tag">waived by {of.waived_by.join(", ")}</span>}
    </>
  );
}

function Why({ of, live }: { of: Finding; live: boolean }) {
  const { from, until, last_seen: seen } = of.revision;
  return (
    <div class="why">
      {of.message && of.message !== of.title && <p class="soft">{of.title}</p>}
      {of.remedies.length > 0 && of.kind !== "satisfied" && (
        <div class="remedies">
          <h4>What to do</h4>
          <ul>{of.remedies.map((each) => <li key={each}><Sentence of={each} /></li>)}</ul>
        </div>
      )}
      {of.offenders.length > 0 && (
        <p><span class="soft">Offending: </span>{of.offenders.map((each, index) => <span key={each}>{index > 0 && ", "}<Name of={each} code /></span>)}</p>
      )}
      <div class="cited">{of.citations.map((each) => <CitationLine key={`${each.ref}/${each.section}/${each.revision}`} of={each} />)}</div>
      <p class="small soft">
        Rule <RuleLink rule={of.rule} /> {of.version}
        {(from ?? until) !== null && <>, in force {from ? `from ${from}` : ""} {until && until !== "never" ? `until ${until}` : ""}</>}
        {seen && <>, last seen {seen}</>}
      </p>
      {of.because && <><h4>Because</h4><Proof of={of.because} live={live} /></>}
    </div>
  );
}
