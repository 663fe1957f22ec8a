// What changed the status, and when: each period with the findings that turned on its first day, and the articles behind them.
import { Name } from "../parts/name";
import { Status, word } from "../parts/status";
import { articleAddress, ruleAddress } from "../policies/links";
import { asOf } from "../state";
import { readable } from "./dates";
import { type Period, periodOf, type Timeline, type Turn } from "./fetched";
import { dayShown } from "./strip";

/** Subjects named for one turn before the rest is counted. */
const most = 4;

export function Changes({ of }: { of: Timeline }) {
  const here = periodOf(of, dayShown(of));
  return (
    <ol class="changes">
      {of.periods.map((period, place) => (
        <Change key={period.first} of={period} before={of.periods[place - 1]} here={period === here} />
      ))}
    </ol>
  );
}

function Change({ of, before, here }: { of: Period; before: Period | undefined; here: boolean }) {
  const groups = alike(of.turns);
  return (
    <li class={`change tone-${of.status}${here ? " here" : ""}`} aria-current={here ? "date" : undefined}>
      <div class="row">
        <button type="button" class="link day numbers" onClick={() => (asOf.value = of.first)}>{readable(of.first)}</button>
        {before && before.status !== of.status && (
          <>
            <Status of={before.status} />
            <span aria-hidden="true">→</span>
            <span class="hidden">then</span>
          </>
        )}
        <Status of={of.status} />
        {of.status === "undetermined" && (
          <span class="soft small">{word(of.at_worst)} at worst, {word(of.at_best)} at best</span>
        )}
        {of.disputed && <span class="soft small">texts disagree</span>}
        <span class="soft small until">until {readable(of.last)}</span>
      </div>
      {groups.length > 0 && <ul>{groups.map((turns) => <TurnShown key={`${turns[0]?.rule} ${turns[0]?.subject}`} of={turns} />)}</ul>}
      {!before && <p class="soft small">The first day that is looked at.</p>}
    </li>
  );
}

function TurnShown({ of }: { of: Turn[] }) {
  const [turn] = of;
  if (!turn) return null;
  const articles = new Map(turn.citations.map((cited) => [`${cited.ref} ${cited.revision}`, cited]));
  return (
    <li>
      <span class="turn">
        <a href={ruleAddress(turn.rule)}><Name of={turn.title} /></a>{": "}
        {told(turn.before, "")} <span aria-hidden="true">→</span><span class="hidden">then</span>{" "}
        <strong>{told(turn.after, turn.outcome)}</strong>
      </span>{" "}
      <span class="soft small">
        for {of.slice(0, most).map((each, place) => <span key={each.subject}>{place > 0 && ", "}<Name of={each.subject} /></span>)}
        {of.length > most && ` and ${of.length - most} more`}
        {articles.size > 0 && " · by "}
        {[...articles.values()].map((cited, place) => (
          <span key={`${cited.ref} ${cited.revision}`}>
            {place > 0 && ", "}
            <a href={articleAddress(cited.ref)}>{cited.ref}</a>
            {cited.revision && ` (${cited.revision})`}
          </span>
        ))}
      </span>
    </li>
  );
}

function told(kind: string, outcome: string): string {
  if (kind === "") return "says nothing";
  return kind === "violated" && outcome ? `violated, ${word(outcome)}` : kind;
}

/** The turns in their order, those together that are the same but for the subject. */
function alike(turns: readonly Turn[]): Turn[][] {
  const groups = new Map<string, Turn[]>();
  for (const turn of turns) {
    const key = JSON.stringify([turn.rule, turn.before, turn.after, turn.outcome]);
    groups.set(key, [...(groups.get(key) ?? []), turn]);
  }
  return [...groups.values()];
}
