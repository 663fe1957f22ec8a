// Between which statuses the truth lies: a scale from worst to best, with what is still possible filled in.
import { sign, word } from "../parts/status";
import type { Status as Name } from "./types";

const scale: Name[] = ["unsupported", "limited", "conditional", "not_covered", "supported"];

export function Bounds({ worst, best }: { worst: Name; best: Name }) {
  const from = scale.indexOf(worst);
  const to = scale.indexOf(best);
  const told = worst === best ? `It is ${word(worst)} however the open questions are answered.` : `It may yet turn out anything from ${word(worst)} to ${word(best)}.`;
  return (
    <div class="bounds">
      <ol aria-hidden="true">
        {scale.map((each, index) => (
          <li key={each} class={`tone-${each} ${index >= from && index <= to ? "possible" : ""} ${index === from ? "from" : ""} ${index === to ? "to" : ""}`}>
            <span class="sign">{sign(each)}</span> <span class="word">{word(each)}</span>
          </li>
        ))}
      </ol>
      <p class="small soft">{told}</p>
    </div>
  );
}
