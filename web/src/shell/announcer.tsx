// Says the status aloud when it has settled, to those who listen rather than look.
import { useComputed } from "@preact/signals";
import { busy, current, packs, problems, verdict } from "../state";
import { word } from "../parts/status";
import { plural } from "../verdict/words";

export function Announcer() {
  const said = useComputed(() => {
    if (problems.value.length) return `The design cannot be judged: ${problems.value.length === 1 ? "one problem" : `${problems.value.length} problems`}.`;
    const of = verdict.value;
    if (!of || busy.value || !current.value) return null;
    const { covered, judged } = of.coverage;
    const by = packs.value.length ? `, by ${plural(packs.value.length, "chosen pack")}` : "";
    return `${of.design}: ${word(of.status)} as of ${of.as_of}${by}. ${covered} of ${judged} judged subjects covered.`;
  });
  return <Live of={said.value} />;
}

let last = "";

function Live({ of }: { of: string | null }) {
  if (of !== null) last = of;
  return <p class="hidden" role="status" aria-live="polite">{last}</p>;
}
