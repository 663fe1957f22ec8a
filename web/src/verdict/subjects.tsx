// The subjects of a verdict, worst first, each with what is wrong or open, and what is right behind one more click.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { placing } from "../design/read";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { chosen, parsed, seek } from "../state";
import { FindingItem } from "./finding";
import { keyOf, linesOf } from "./places";
import type { Finding, Subject, Verdict } from "./types";

const order = ["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"];
const most = 60;

export function worstFirst(subjects: readonly Subject[]): Subject[] {
  return [...subjects].sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status));
}

/** `live` where lines can be gone to: those of the text that the verdict is of. */
export function Subjects({ of, live }: { of: Verdict; live: boolean }) {
  const sorted = useMemo(() => worstFirst(of.subjects), [of]);
  const placed = useMemo(() => (live ? placing(parsed.peek()) : null), [of, live]);
  const [all, setAll] = useState(false);
  const wanted = live ? chosen.value : null;
  const shown = all || wanted ? sorted : sorted.slice(0, most);
  return (
    <section class="subjects" aria-labelledby="subjects-title">
      <h3 id="subjects-title">Subjects <span class="soft">worst first</span></h3>
      {shown.map((each) => <SubjectCard key={each.subject} of={each} live={live} lines={placed ? linesOf(wrongOf(each), of, placed) : ""} />)}
      {shown.length < sorted.length && (
        <button type="button" onClick={() => setAll(true)}>Show the other {sorted.length - shown.length}</button>
      )}
    </section>
  );
}

function wrongOf(of: Subject): Finding[] {
  return of.findings.filter((each) => each.kind === "violated" || each.kind === "open");
}

/** It reads a signal also where it is not live, as what reads none is drawn anew with all that is around it. */
function SubjectCard({ of, live, lines }: { of: Subject; live: boolean; lines: string }) {
  const asked = chosen.value;
  const wanted = live ? asked : null;
  const seek_ = wanted?.subject === of.subject || (wanted?.finding?.startsWith(`${of.subject}|`) ?? false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!seek_ || !card.current) return;
    const row = wanted?.finding ? card.current.querySelector(`[data-finding="${CSS.escape(wanted.finding)}"]`) : card.current;
    (row ?? card.current).scrollIntoView({ block: "nearest", behavior: "smooth" });
    (row?.querySelector<HTMLElement>("summary") ?? card.current.querySelector<HTMLElement>("summary, button"))?.focus({ preventScroll: true });
  }, [wanted]);
  const wrong = wrongOf(of);
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
      <List of={wrong} live={live} lines={lines} />
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

/** `lines` as `linesOf` tells them. */
export function List({ of, live, lines = "" }: { of: readonly Finding[]; live: boolean; lines?: string }) {
  const wanted = live ? chosen.value?.finding : undefined;
  if (of.length === 0) return null;
  const told = lines.split(";").map((each) => each.split(",").filter(Boolean).map(Number));
  return <ul class="findings">{of.map((each, index) => <FindingItem key={keyOf(each)} of={each} live={live} wanted={wanted === keyOf(each)} lines={told[index] ?? []} />)}</ul>;
}
