// The subjects of a verdict, worst first, each with what is wrong or open, and what is right behind one more click.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { chosen, seek } from "../state";
import { FindingItem } from "./finding";
import { keyOf } from "./places";
import type { Finding, Subject } from "./types";

const order = ["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"];
const most = 60;

export function worstFirst(subjects: readonly Subject[]): Subject[] {
  return [...subjects].sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
}

export function Subjects({ of, live }: { of: readonly Subject[]; live: boolean }) {
  const sorted = useMemo(() => worstFirst(of), [of]);
  const [all, setAll] = useState(false);
  const wanted = live ? chosen.value : null;
  const shown = all || wanted ? sorted : sorted.slice(0, most);
  return (
    <section class="subjects" aria-labelledby="subjects-title">
      <h3 id="subjects-title">Subjects <span class="soft">worst first</span></h3>
      {shown.map((each) => <SubjectCard key={each.subject} of={each} live={live} />)}
      {shown.length < sorted.length && (
        <button type="button" onClick={() => setAll(true)}>Show the other {sorted.length - shown.length}</button>
      )}
    </section>
  );
}

function SubjectCard({ of, live }: { of: Subject; live: boolean }) {
  const wanted = live ? chosen.value : null;
  const seek_ = wanted?.subject === of.subject || (wanted?.finding?.startsWith(`${of.subject}|`) ?? false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!seek_ || !card.current) return;
    const row = wanted?.finding ? card.current.querySelector(`[data-finding="${CSS.escape(wanted.finding)}"]`) : card.current;
    (row ?? card.current).scrollIntoView({ block: "nearest", behavior: "smooth" });
    (row?.querySelector<HTMLElement>("summary") ?? card.current.querySelector<HTMLElement>("summary, button"))?.focus({ preventScroll: true });
  }, [wanted]);
  const wrong = of.findings.filter((each) => each.kind === "violated" || each.kind === "open");
  const right = of.findings.filter((each) => each.kind === "satisfied" || each.kind === "harmless");
  const [shown, setShown] = useState(false);
  const opened = shown || (seek_ && right.some((each) => keyOf(each) === wanted?.finding));
  return (
    <article ref={card} class={`subject tone-${of.status}`} data-subject={of.subject}>
      <header>
        <div class="whose">
          <Status of={of.status} />
          <h4><Name of={of.title || of.id} /></h4>
          <span class="soft small kind">{of.type.replaceAll("_", " ")}</span>
          {of.disputed && <span class="tag disputed">disputed</span>}
        </div>
        {right.length > 0 && (
          <button type="button" class="quiet small fold" aria-expanded={opened} onClick={() => setShown(!opened)}>
            {right.length} satisfied <span aria-hidden="true">{opened ? "▾" : "▸"}</span>
          </button>
        )}
        {live && of.at?.line ? <button type="button" class="link line" onClick={() => seek({ pointer: of.pointer })}>line {of.at.line}</button> : null}
      </header>
      {of.at_worst !== of.at_best && <p class="soft small">anything from <Status of={of.at_worst} /> to <Status of={of.at_best} /></p>}
      {of.rests_on && weighty.has(of.rests_on.worst) && of.rests_on.subjects.length > 0 && (
        <p class="small soft">rests on <Some of={of.rests_on.subjects} />, at worst <Status of={of.rests_on.worst} /></p>
      )}
      <List of={wrong} live={live} />
      {opened && <div class="right"><List of={right} live={live} /></div>}
    </article>
  );
}

const weighty = new Set(["unsupported", "limited", "undetermined", "conditional"]);

function Some({ of }: { of: readonly string[] }) {
  return (
    <>
      {of.slice(0, 4).map((each, index) => <span key={each}>{index > 0 && ", "}<Name of={each} code /></span>)}
      {of.length > 4 && <> and {of.length - 4} more</>}
    </>
  );
}

export function List({ of, live }: { of: readonly Finding[]; live: boolean }) {
  const wanted = live ? chosen.value?.finding : undefined;
  if (of.length === 0) return null;
  return <ul class="findings">{of.map((each) => <FindingItem key={keyOf(each)} of={each} live={live} wanted={wanted === keyOf(each)} />)}</ul>;
}
