// A proof: from an expression down to the design's own facts, each with its place.
import { Name } from "../parts/name";
import { address } from "../route";
import { seek } from "../state";
import { CitationLine } from "./citation";
import type { Because, Place } from "./types";
import { inWords } from "./words";

export function Proof({ of, live }: { of: Because; live: boolean }) {
  return (
    <ul class="proof">
      <Step of={of} above={undefined} live={live} />
    </ul>
  );
}

function Step({ of, above, live }: { of: Because; above: Place | undefined; live: boolean }) {
  return (
    <li>
      <div class="step">
        {of.truth && <span class={`truth ${of.truth}`}>{of.truth}</span>}
        {of.member && <span class="member"><Name of={of.member} /></span>}
        {of.fact
          ? <span class="fact"><Name of={of.fact} code />{of.expression && of.children?.length ? <span class="soft"> (derived)</span> : null}</span>
          : of.expression && of.expression !== "when … require" && <span class="expression"><Name of={of.expression.replace(/\s+/g, " ")} code /></span>}
        {"value" in of && !of.open && of.value !== of.fact && (
          <span class={of.value === null ? "value unknown" : "value"}>= <Name of={inWords(of.value)} /></span>
        )}
        {of.open && <span class="soft">the list may go on</span>}
        {of.assumed && <span class="soft">assumed, as it was not given</span>}
        {of.note && <span class="soft">{of.note}</span>}
        {of.row && <span class="soft">row of <span class="code">{of.row}</span></span>}
        <At of={of} above={above} live={live} />
      </div>
      {of.citations?.map((each) => <CitationLine key={`${each.ref}${each.section}`} of={each} />)}
      {of.children?.length ? (
        <ul>{of.children.map((child, index) => <Step key={index} of={child} above={of.at} live={live} />)}</ul>
      ) : null}
    </li>
  );
}

function At({ of, above, live }: { of: Because; above: Place | undefined; live: boolean }) {
  if (!of.at?.line) return null;
  if (of.pointer !== undefined) {
    const where = { pointer: of.pointer };
    return live
      ? <button type="button" class="link line" onClick={() => seek(where)}>line {of.at.line}</button>
      : <span class="soft line">line {of.at.line}</span>;
  }
  if (above?.file === of.at.file && above?.line === of.at.line) return null;
  const name = of.at.file?.split("/").slice(-2).join("/");
  return <span class="faint line" title={of.at.file}>{above?.file === of.at.file ? `line ${of.at.line}` : `${name}:${of.at.line}`}</span>;
}

/** A link to a rule's page. */
export function RuleLink({ rule }: { rule: string }) {
  return <a class="code" href={address("policies", ["rule", ...rule.split("/")])}>{rule}</a>;
}
