// What is missing, as an interview: one question at a time, the most decisive first; an answer goes into the design.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { setAt } from "../design/edit";
import { at, parts } from "../design/read";
import { type Attribute, fetchShapes, placeAt, type Shape, shapes } from "../design/shapes";
import { Control, simple } from "../fields/control";
import { Name, Sentence } from "../parts/name";
import { Status, word } from "../parts/status";
import { busy, current, parsed, seek, text, verdict } from "../state";
import { side } from "../workbench/side";
import type { Missing, Status as StatusName, Verdict } from "../verdict/types";
import { factParts, inWords, plural } from "../verdict/words";

interface Answered {
  fact: string;
  said: string;
  before: string;
  after: string;
  worst: StatusName;
  best: StatusName;
}

const trail = signal<Answered[]>([]);
const passed = signal<string[]>([]);

/** Those that an answer in the design can settle; the rest wait for a catalogue or the publisher. */
function answerable(of: Missing): boolean {
  const all = shapes.value;
  return of.kind === "fact" && of.pointer !== "" && all !== null && placeAt(all, parts(of.pointer)) !== null;
}

export function Interview({ of }: { of: Verdict }) {
  useEffect(() => void fetchShapes(), []);
  const done = trail.value.filter((each) => text.value.length > 0 && each);
  const last = done.at(-1);
  const undoable = last !== undefined && last.after === text.value;
  if (!of.missing.length && !undoable) return null;
  const open = of.missing.filter(answerable);
  const next = open.find((each) => !passed.value.includes(each.fact)) ?? open[0];
  const others = of.missing.filter((each) => !answerable(each));
  return (
    <section class="interview" aria-labelledby="interview-title">
      <header class="row">
        <h3 id="interview-title">To find out</h3>
        <span class="soft small">{of.missing.length ? `${plural(of.missing.length, "question")} open, the most decisive first` : "nothing is open any more"}</span>
        <span class="grow" />
        {undoable && <button type="button" class="small" onClick={undo}>Undo the last answer</button>}
      </header>
      {undoable && last && <Moved of={last} now={of} />}
      {next && (current.value || busy.value) && <Question key={next.fact} of={next} verdict={of} alone={open.length < 2} />}
      {open.length > 1 && next && (
        <details>
          <summary class="small soft">{plural(open.length - 1, "more question")}</summary>
          <ol class="small">{open.filter((each) => each !== next).slice(0, 40).map((each) => (
            <li key={each.fact}><button type="button" class="link" onClick={() => { passed.value = open.filter((other) => other.fact !== each.fact).map((other) => other.fact); }}><Name of={each.question || each.fact} /></button> <span class="soft"><Name of={each.fact} code /></span></li>
          ))}</ol>
        </details>
      )}
      {others.length > 0 && (
        <details>
          <summary class="small soft">{plural(others.length, "thing")} that no answer here can settle</summary>
          <ul class="small">{others.slice(0, 40).map((each) => <li key={`${each.kind}${each.fact}`}>{each.kind === "policy" ? "the publisher’s policy: " : each.kind === "catalogue" ? "a catalogue: " : ""}<Name of={each.question || each.fact} /></li>)}</ul>
        </details>
      )}
    </section>
  );
}

function Moved({ of, now }: { of: Answered; now: Verdict }) {
  const same = of.worst === now.at_worst && of.best === now.at_best;
  return (
    <p class="moved small" role="status">
      You said <strong><Name of={of.said} /></strong> of <Name of={of.fact} code />.{" "}
      {!current.value ? "Judging…" : same ? "The bounds stay as they were." : <>The bounds were <Span worst={of.worst} best={of.best} />, now <Span worst={now.at_worst} best={now.at_best} />.</>}
    </p>
  );
}

function Span({ worst, best }: { worst: StatusName; best: StatusName }) {
  return worst === best ? <Status of={worst} /> : <><Status of={worst} /> to <Status of={best} /></>;
}

function undo(): void {
  const last = trail.value.at(-1);
  if (!last || last.after !== text.value) return;
  trail.value = trail.value.slice(0, -1);
  text.value = last.before;
}

function say(of: Missing, value: unknown): void {
  const now = verdict.value;
  // The places of an older verdict may be those of other things by now.
  if (!now || !current.value) return;
  const before = text.value;
  const after = setAt(before, parts(of.pointer), value);
  trail.value = [...trail.value, { fact: of.fact, said: inWords(value), before, after, worst: now.at_worst, best: now.at_best }];
  text.value = after;
}

function Question({ of, verdict: now, alone }: { of: Missing; verdict: Verdict; alone: boolean }) {
  const all = shapes.value;
  const place = all ? placeAt(all, parts(of.pointer)) : null;
  const field = place?.field;
  const { type, id } = factParts(of.fact);
  // Of what is listed the answer begins with what is there; reading the text at each letter is for nothing else.
  const held = field?.kind === "list" ? at(parsed.value.value, of.pointer) : undefined;
  const open = Array.isArray(held) && held.at(-1) === "...";
  const answers = of.answers.length > 0 ? of.answers.map((each) => ({ value: each.value, status: each.status })) : choices(field).map((value) => ({ value, status: "" }));
  const led = new Map(of.answers.map((each) => [inWords(each.value), each.status]));
  return (
    <div class="question" data-fact={of.fact}>
      <p class="asked"><Sentence of={of.question || of.fact} /></p>
      <p class="small soft">
        of {type.replaceAll("_", " ")} <button type="button" class="link" onClick={() => seek({ pointer: of.pointer })}><Name of={id} /></button>
        {" · "}decides {plural(of.decides.length, "finding")}, at worst {word(of.worst)}
      </p>
      {answers.length > 0 && answers.length <= 14 && field?.kind !== "list" ? (
        <div class="answers">
          {answers.map((each) => {
            const status = led.get(inWords(each.value));
            return (
              <button key={inWords(each.value)} type="button" onClick={() => say(of, each.value)}>
                <Name of={inWords(each.value)} />
                {status && status !== now.status && <> → <Status of={status} /></>}
              </button>
            );
          })}
        </div>
      ) : field?.kind === "record" ? (
        <RecordAnswer of={of} shape={field.shape} />
      ) : field?.kind === "list" && field.of.kind === "record" ? (
        <RecordsAnswer of={of} held={held} optional={place?.attribute?.optional ?? false} />
      ) : field ? (
        <OpenAnswer key={of.fact} of={of} held={open ? held : undefined} place={place} />
      ) : null}
      <p class="row small">
        {!alone && <button type="button" class="quiet small" onClick={() => { passed.value = [...passed.value, of.fact]; }}>I do not know yet: ask the next</button>}
      </p>
    </div>
  );
}

function choices(field: ReturnType<typeof placeAt> extends infer P ? (P extends { field?: infer F } ? F : never) | undefined : never): unknown[] {
  if (field?.kind === "flag") return [true, false];
  if (field?.kind === "choice") return field.values;
  return [];
}

/** An answer that is written or chosen from many, with what is there already. */
function OpenAnswer({ of, held, place }: { of: Missing; held: unknown; place: ReturnType<typeof placeAt> }) {
  const [value, setValue] = useState<unknown>(held);
  if (!place?.field) return null;
  const listed = place.field.kind === "list";
  const members = Array.isArray(value) ? (value as unknown[]).filter((each) => each !== "...") : [];
  return (
    <form class="row" onSubmit={(event) => { event.preventDefault(); if (value !== undefined) say(of, value); }}>
      <Control field={place.field} value={value} change={setValue} label={of.question || of.fact} optional={place.attribute?.optional ?? false} unit={place.attribute?.unit ?? ""} />
      <button type="submit" class="main" disabled={value === undefined}>Answer</button>
      {listed && Array.isArray(value) && value.at(-1) === "..." && <button type="button" onClick={() => say(of, members)}>That is all of them</button>}
    </form>
  );
}

/** Records are filled in in the form; that there are none, or no more, can be said here. */
function RecordsAnswer({ of, held, optional }: { of: Missing; held: unknown; optional: boolean }) {
  const listed = Array.isArray(held) ? (held as unknown[]).filter((each) => each !== "...") : [];
  const fill = () => {
    side.value = "form";
    seek({ pointer: of.pointer });
  };
  return (
    <div class="row">
      <button type="button" class="main" onClick={fill}>Fill them in in the form</button>
      {listed.length > 0 && <button type="button" onClick={() => say(of, listed)}>That is all of them</button>}
      {listed.length === 0 && optional && <button type="button" onClick={() => say(of, "none")}>There are none</button>}
    </div>
  );
}

/** A record asked for as a whole: its single values side by side; what is left open becomes the next questions. */
function RecordAnswer({ of, shape }: { of: Missing; shape: Shape }) {
  const [value, setValue] = useState<Record<string, unknown>>({});
  const asked = shape.attributes
    .filter((each) => simple(each) && each.field.kind !== "list")
    .sort((one, other) => weight(one) - weight(other))
    .slice(0, 6);
  const given = Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (Object.keys(given).length) say(of, given); }}>
      <div class="fields">
        {asked.map((each) => {
          const id = `answer-${each.name}`;
          return (
            <div class="field" key={each.name}>
              <label for={id} title={each.ask}>{each.title}</label>
              <Control id={id} field={each.field} value={value[each.name]} change={(next) => setValue({ ...value, [each.name]: next })} label={each.title} optional={each.optional} unit={each.unit} />
            </div>
          );
        })}
      </div>
      <div class="row">
        <button type="submit" class="main" disabled={!Object.keys(given).length}>Answer</button>
        <button type="button" onClick={() => say(of, "none")}>There is none</button>
      </div>
    </form>
  );
}

/** What is chosen comes before what is written; an outcome before all. */
function weight(of: Attribute): number {
  if (of.name === "outcome") return 0;
  return { choice: 1, flag: 2, date: 3, number: 4 }[of.field.kind as string] ?? 5;
}
