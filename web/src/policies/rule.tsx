// A rule: what it asks, what comes of it, how its text changed, by which articles, and the cases that show it at work.
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { day as judgedBy } from "../state";
import { readable } from "../timeline/dates";
import { useAsked } from "./asked";
import { Cites, during, holds, Missing, Prose, Where } from "./bits";
import { Expression, Template } from "./expression";
import { articleAddress, packAddress } from "./links";
import type { Condition, Outcome, Packs, Rule, Text } from "./types";

const someCases = 8;

export function RulePage({ pack, id }: { pack: string; id: string }) {
  const packs = useAsked<Packs>("v1/packs");
  const held = packs.value?.items.find((each) => each.name === pack);
  const path = held ? `v1/packs/${encodeURIComponent(pack)}/${encodeURIComponent(held.version)}/rules/${encodeURIComponent(id)}` : "";
  const { value: rule, failed } = useAsked<Rule>(path);
  if (packs.value && !held) return <Missing failed={`There is no pack “${pack}”.`} />;
  if (!rule) return <Missing failed={failed || packs.failed} />;
  const day = judgedBy.value;
  const texts = [...rule.texts].reverse();
  return (
    <article class="rule-page">
      <p class="soft small"><a href={packAddress(rule.pack)}>{held?.title ?? rule.pack}</a> · {rule.version}</p>
      <h2><Prose of={rule.title} /></h2>
      <p class="row small">
        <span class="code">{rule.rule}</span>
        <span class="soft">judges a {rule.subject}</span>
        {rule.tags.map((tag) => <span key={tag} class="tag">{tag}</span>)}
      </p>
      {rule.notes && <p><Prose of={rule.notes} /></p>}
      {texts.length > 1 && <History of={rule} day={day} />}
      {texts.map((text, place) => <TextShown key={text.since ?? "begin"} of={text} older={texts[place + 1]} day={day} only={texts.length === 1} />)}
      {rule.statements.length > 0 && (
        <section class="card padded">
          <h3>What the source says</h3>
          <ul>{rule.statements.map((one) => <li key={one.id}><span class="tag">{one.id}</span> <Prose of={one.says} /> <a href={articleAddress(one.article)}>{one.article}</a></li>)}</ul>
        </section>
      )}
      <Cases of={rule} />
      <p class="soft small">Written in <Where at={rule.at} />; the page’s address stays.</p>
    </article>
  );
}

function History({ of, day }: { of: Rule; day: string }) {
  return (
    <p class="small soft">
      Its text changed on {of.changes_on.map(readable).join(", ")}. As of {readable(day)}{" "}
      {of.texts.some((text) => holds(text, day)) ? "the text marked below is in force." : "none of them is in force."}
    </p>
  );
}

function TextShown({ of, older, day, only }: { of: Text; older: Text | undefined; day: string; only: boolean }) {
  const here = holds(of, day);
  const changed = (field: (text: Text) => unknown) => older !== undefined && JSON.stringify(field(of)) !== JSON.stringify(field(older));
  return (
    <section class={`card padded rule-text${here && !only ? " here" : ""}`} aria-label={`The text ${during(of)}`}>
      <header class="row">
        <h3>{during(of) === "at all times" ? "At all times" : `In force ${during(of)}`}</h3>
        {here && !only && <span class="tag now">as of {readable(day)}</span>}
        {of.advisory && <span class="tag">advisory</span>}
        {of.states_support && <span class="tag">states support</span>}
        <span class="grow" />
        <Where at={of.at} />
      </header>
      {older && of.title !== older.title && <p><Changed yes /> <Prose of={of.title} /></p>}
      {of.doubtful && of.last_seen && (
        <p class="small soft">The text is known to have stood until {readable(of.last_seen)}; from then until the next one it is in doubt, and both are asked.</p>
      )}
      <dl class="said">
        {of.when && <Row title="Applies when" yes={changed((text) => text.when?.text)}><Expression of={of.when.text} /></Row>}
        {of.each && <Row title="For each" yes={changed((text) => text.each)}><span class="code">{of.each.name}</span> in <Expression of={of.each.over} /></Row>}
        {of.require && <Row title="Must hold" yes={changed((text) => text.require?.text)}><Expression of={of.require.text} /></Row>}
        {of.unless.map((one) => (
          <Row key={one.condition.text} title="Unless" yes={!!older && !older.unless.some((each) => each.condition.text === one.condition.text)}>
            {one.title && <Prose of={one.title} />} <Expression of={one.condition.text} />
            {(one.since || one.until) && <span class="soft small"> {during(one)}</span>}
            <Cites of={one.citations} />
          </Row>
        ))}
        {of.outcomes.length > 0 && (
          <Row title="Otherwise" yes={changed((text) => text.outcomes.map(outcomeOf))}>
            {of.outcomes.map((one, place) => <OutcomeShown key={place} of={one} />)}
          </Row>
        )}
        {of.disputed.map((one) => (
          <Row key={one.require.text} title="Disputed by" yes={false}><Cites of={[one.citation]} />asks for <Expression of={one.require.text} /></Row>
        ))}
        {of.message && !of.outcomes.some((one) => one.message === of.message) && (
          <Row title="Says" yes={changed((text) => text.message)}><Template of={of.message} /></Row>
        )}
        {of.remedies.length > 0 && (
          <Row title="What to do" yes={changed((text) => text.remedies)}><ul>{of.remedies.map((each) => <li key={each}><Template of={each} /></li>)}</ul></Row>
        )}
        <Row title="Articles" yes={changed((text) => text.citations)}><Cites of={of.citations} /></Row>
      </dl>
    </section>
  );
}

function outcomeOf({ outcome, when, message }: Outcome): unknown {
  return [outcome, when?.text, message];
}

function Row({ title, yes, children }: { title: string; yes: boolean; children: preact.ComponentChildren }) {
  return <div><dt>{title} <Changed yes={yes} /></dt><dd>{children}</dd></div>;
}

/** Beside what the text before this one said otherwise. */
function Changed({ yes }: { yes: boolean }) {
  return yes ? <span class="tag changed">changed</span> : null;
}

function OutcomeShown({ of }: { of: Outcome }) {
  return (
    <div class="outcome-shown">
      {of.when && <>if <Expression of={(of.when satisfies Condition).text} />: </>}
      {of.outcome === "same" ? <span class="tag">what it depends on is</span> : of.outcome === "advisory" ? <span class="tag">advice</span> : <Status of={of.outcome} />}
      {of.refused && <span class="tag">the product itself refuses it</span>}{" "}
      {of.message && <Template of={of.message} />}
      {of.remedies.length > 0 && <ul>{of.remedies.map((each) => <li key={each}><Template of={each} /></li>)}</ul>}
      <Cites of={of.citations} />
    </div>
  );
}

function Cases({ of }: { of: Rule }) {
  if (!of.cases.length) return null;
  const row = (one: Rule["cases"][number]) => (
    <tr key={`${one.at.file} ${one.at.line} ${one.subject}`}>
      <td class="numbers"><span class="nowrap">{one.as_of}</span></td>
      <td><Prose of={one.title} /></td>
      <td class="code small nowrap"><Name of={one.subject} /></td>
      <td><Prose of={one.expected} /></td>
      <td><Where at={one.at} /></td>
    </tr>
  );
  return (
    <section class="card padded">
      <h3>{of.cases.length} cases <span class="soft">that show it at work, and test it</span></h3>
      <div class="wide" tabIndex={0} role="region" aria-label="Cases">
        <table>
          <thead><tr><th scope="col">As of</th><th scope="col">Case</th><th scope="col">Subject</th><th scope="col">Expected</th><th scope="col">Where</th></tr></thead>
          <tbody>{of.cases.slice(0, someCases).map(row)}</tbody>
        </table>
        {of.cases.length > someCases && (
          <details>
            <summary>{of.cases.length - someCases} more</summary>
            <table><tbody>{of.cases.slice(someCases).map(row)}</tbody></table>
          </details>
        )}
      </div>
    </section>
  );
}
