// What was chosen in the picture, in words: its status, the findings that blame it, and the ways to its line and its rule.
import { Name } from "../parts/name";
import { Status, word } from "../parts/status";
import { ruleAddress } from "../policies/links";
import { seek, chosen as wanted } from "../state";
import { keyOf } from "../verdict/places";
import type { Finding } from "../verdict/types";
import { markOf, restsOnWorse } from "./marks";
import type { Part } from "./parts";
import { chosen, drawn, marks } from "./state";
import { formWord } from "./words";

/** How many findings are listed at first. */
const most = 4;

export function Card() {
  const part = chosen.value ? drawn.value.parts.get(chosen.value) : undefined;
  if (!part) return null;
  const { subject, offences, advice } = markOf(marks.value, part.key);
  const open = subject?.findings.filter((finding) => finding.kind === "open").length ?? 0;
  const worse = restsOnWorse(subject);
  return (
    <section class="card picture-card" aria-label="What was chosen">
      <header class="row">
        {subject && <Status of={subject.status} />}
        <h3><span class="soft">{formWord(part)}</span> <Name of={part.id} /></h3>
        <span class="grow" />
        <button type="button" class="quiet" onClick={() => (chosen.value = null)} aria-label="Close">✕</button>
      </header>
      <p class="soft">
        <Name of={part.about || "Nothing more is said of it."} />
        {part.count > 1 && ` (${part.count} of them)`}
      </p>
      {worse && <p>It rests on something that is <Status of={worse} /></p>}
      <Blame of={offences} part={part} />
      {!offences.length && subject && <p>{open ? `${open} of its rules are open: facts are missing.` : "No finding names it as a cause."}</p>}
      {advice.length > 0 && <p class="soft">{advice.map((finding) => finding.message || finding.title).slice(0, 2).join("; ")}</p>}
      <p class="row">
        {part.pointer && (
          <button type="button" onClick={() => seek({ pointer: part.pointer })}>Show its line</button>
        )}
        {subject && <button type="button" onClick={() => (wanted.value = { subject: subject.subject })}>Show its findings</button>}
      </p>
    </section>
  );
}

function Blame({ of, part }: { of: readonly Finding[]; part: Part }) {
  if (!of.length) return null;
  return (
    <ul class="blame">
      {of.slice(0, most).map((finding) => (
        <li key={`${finding.rule} ${finding.subject}`} class={`tone-${finding.outcome || "none"}`}>
          <span class="outcome">{word(finding.outcome || "unsupported")}</span> <Name of={finding.message || finding.title} />{" "}
          {finding.subject !== part.key && <span class="soft">for <Name of={finding.subject} /> </span>}
          <button type="button" class="link" onClick={() => (wanted.value = { finding: keyOf(finding) })}>why</button>{" "}
          <a href={ruleAddress(finding.rule)}>the rule</a>
        </li>
      ))}
      {of.length > most && <li class="soft">and {of.length - most} more</li>}
    </ul>
  );
}
