// The bill as a whole: how many lines are what, what it allows, what it forbids, and what it cannot tell.
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { articleAddress } from "../policies/links";
import type { JudgedBill, Statement } from "./model";
import { lineWanted } from "./table";

/** Statements of one kind shown at first; a bill of thousands of lines has many alike. */
const most = 8;

export function Summary({ of }: { of: JudgedBill }) {
  const { allows, forbids, cannot_tell } = of.bom;
  return (
    <section class="as-whole" aria-label="What the bill allows as a whole">
      <Statements title="Forbids" of={forbids} none="Nothing in it is forbidden, as far as it tells." />
      <Statements title="Allows" of={allows} none="It allows nothing for certain." />
      <Statements title="Cannot tell" of={cannot_tell} none="It leaves nothing open." />
    </section>
  );
}

function Statements({ title, of, none }: { title: string; of: readonly Statement[]; none: string }) {
  return (
    <div class="card padded">
      <h3>{title} <span class="soft">{of.length || ""}</span></h3>
      {of.length ? <ul>{of.slice(0, most).map((one) => <One key={`${one.about} ${one.lines[0]}`} of={one} />)}</ul> : <p class="soft">{none}</p>}
      {of.length > most && (
        <details>
          <summary>{of.length - most} more</summary>
          <ul>{of.slice(most, 200).map((one) => <One key={`${one.about} ${one.lines[0]}`} of={one} />)}</ul>
        </details>
      )}
    </div>
  );
}

function One({ of }: { of: Statement }) {
  const refs = [...new Map(of.citations.map((cited) => [cited.ref, cited])).values()];
  return (
    <li>
      <Status of={of.status} /> <strong><Name of={of.about} /></strong>
      {of.reasons.slice(0, 3).map((reason) => <p key={reason}><Name of={reason} /></p>)}
      <p class="soft small">
        {of.lines.slice(0, 6).map((place, at) => (
          <span key={place}>{at > 0 && ", "}<button type="button" class="link" onClick={() => (lineWanted.value = { place })}>{place}</button></span>
        ))}
        {of.lines.length > 6 && ` and ${of.lines.length - 6} more`}
        {of.lines.length > 0 && refs.length > 0 && " · "}
        {refs.map((cited, at) => <span key={cited.ref}>{at > 0 && ", "}<a href={articleAddress(cited.ref)}>{cited.ref}</a></span>)}
      </p>
    </li>
  );
}
