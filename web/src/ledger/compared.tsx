// Two evaluations beside each other: what became of the status, which findings came and went, and what had changed.
import { useMemo } from "preact/hooks";
import { read } from "../design/read";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { useAsked } from "../policies/asked";
import { Missing } from "../policies/bits";
import { ruleAddress } from "../policies/links";
import { address } from "../route";
import { difference, type FindingChange } from "./compare";
import { moment } from "./list";
import type { Evaluation } from "./types";

/** Changes of one kind that are listed; a design of thousands has more than anybody reads. */
const most = 100;

export function ComparePage({ one, other }: { one: string; other: string }) {
  const first = useAsked<Evaluation>(`v1/evaluations/${encodeURIComponent(one)}`);
  const second = useAsked<Evaluation>(`v1/evaluations/${encodeURIComponent(other)}`);
  const [before, after] = [first.value, second.value];
  if (!before || !after) return <Missing failed={first.failed || second.failed} />;
  return <Compared before={before} after={after} />;
}

function Compared({ before, after }: { before: Evaluation; after: Evaluation }) {
  const found = useMemo(() => difference(before.verdict, after.verdict, read(before.design).value, read(after.design).value), [before, after]);
  const same = before.verdict_digest === after.verdict_digest;
  return (
    <article class="compared">
      <p class="soft small"><a href={address("ledger")}>Ledger</a> · <a href={address("ledger", ["compare", after.id, before.id])}>the other way round</a></p>
      <h2>{same ? "The same verdict, byte by byte" : before.status === after.status ? "The same status" : "Another status"}</h2>
      <div class="both">
        <Side of={before} title="Before" />
        <span class="arrow" aria-hidden="true">→</span>
        <Side of={after} title="After" />
      </div>
      <Why before={before} after={after} packs={found.packs.length} facts={found.facts.length} />
      <div class="columns">
        <Findings title="New findings" of={found.gained} none="Nothing new is violated or open." />
        <Findings title="Gone" of={found.lost} none="Nothing that was violated or open has gone." />
      </div>
      {found.changed.length > 0 && <Findings title="Came out otherwise" of={found.changed} none="" />}
      {found.subjects.length > 0 && (
        <section class="card padded">
          <h3>Subjects</h3>
          <ul class="plain">
            {found.subjects.slice(0, most).map((each) => (
              <li key={each.subject} class="row">
                <Name of={each.title} /> {each.before ? <Status of={each.before} /> : <span class="soft">not there</span>}
                <span aria-hidden="true">→</span><span class="hidden">then</span> {each.after ? <Status of={each.after} /> : <span class="soft">not there</span>}
              </li>
            ))}
            {found.subjects.length > most && <li class="soft">and {found.subjects.length - most} more</li>}
          </ul>
        </section>
      )}
      {found.facts.length > 0 && <Facts of={found.facts} />}
      {found.packs.length > 0 && (
        <section class="card padded">
          <h3>Judged by</h3>
          <ul class="plain">{found.packs.map((each) => <li key={each.name}><span class="code">{each.name}</span>: {each.before || "not there"} <span aria-hidden="true">→</span><span class="hidden">then</span> {each.after || "not there"}</li>)}</ul>
        </section>
      )}
    </article>
  );
}

function Side({ of, title }: { of: Evaluation; title: string }) {
  return (
    <section class={`card padded tone-${of.status}`} aria-label={title}>
      <Status of={of.status} size="large" />
      <h3><a href={address("ledger", [of.id])}><Name of={of.name || "without a name"} /></a></h3>
      <p class="small soft">as of <strong class="numbers">{of.as_of}</strong> · recorded {moment(of.recorded_at)}</p>
      <p class="small soft">{of.verdict.coverage.covered} of {of.verdict.coverage.judged} judged subjects covered</p>
    </section>
  );
}

function Why({ before, after, packs, facts }: { before: Evaluation; after: Evaluation; packs: number; facts: number }) {
  const reasons = [
    before.as_of !== after.as_of && `the day (${before.as_of} → ${after.as_of})`,
    facts > 0 && `the design (${facts === 1 ? "1 fact" : `${facts} facts`})`,
    packs > 0 && "what it was judged by",
  ].filter(Boolean);
  return <p>{reasons.length ? <>What differs: {reasons.join(", ")}.</> : "Neither the day, nor the design, nor what it was judged by differs."}</p>;
}

function Findings({ title, of, none }: { title: string; of: readonly FindingChange[]; none: string }) {
  return (
    <section class="card padded">
      <h3>{title} <span class="soft">{of.length || ""}</span></h3>
      {of.length === 0 && <p class="soft">{none}</p>}
      <ul class="plain finding-changes">
        {of.slice(0, most).map((each) => (
          <li key={`${each.subject} ${each.rule}`}>
            <Name of={each.message || each.title} />
            <span class="small soft">
              <Name of={each.subject} /> · {each.before || "nothing"} <span aria-hidden="true">→</span><span class="hidden">then</span> {each.after || "nothing"} · <a href={ruleAddress(each.rule)}>the rule</a>
            </span>
          </li>
        ))}
        {of.length > most && <li class="soft">and {of.length - most} more</li>}
      </ul>
    </section>
  );
}

function Facts({ of }: { of: readonly { pointer: string; before: string; after: string }[] }) {
  return (
    <section class="card padded">
      <h3>Facts of the design</h3>
      <div class="wide" tabIndex={0} role="region" aria-label="Facts that changed">
        <table class="entries">
          <thead><tr><th scope="col">Fact</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
          <tbody>
            {of.slice(0, most).map((each) => (
              <tr key={each.pointer}>
                <td class="code small"><Name of={each.pointer.slice(1).replaceAll("/", " › ") || "the whole design"} /></td>
                <td>{each.before ? <del><Name of={each.before} /></del> : <span class="soft">not given</span>}</td>
                <td>{each.after ? <ins><Name of={each.after} /></ins> : <span class="soft">not given</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {of.length > most && <p class="soft">and {of.length - most} more</p>}
    </section>
  );
}
