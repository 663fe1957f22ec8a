// What can be taken away: the verdict as Markdown, as a file, or kept in the ledger under a link that lasts.
import { signal } from "@preact/signals";
import { type Evaluation, judge, judged, Refused } from "../api";
import { address } from "../route";
import { current, day, packs, packsAsked, text, verdict } from "../state";
import { Menu } from "../parts/menu";

const forms = [
  ["HTML report", "text/html", "html"],
  ["SARIF, for code scanning", "application/sarif+json", "sarif"],
  ["JSON, the whole verdict", "application/json", "json"],
  ["Markdown", "text/markdown", "md"],
] as const;

const told = signal("");
const kept = signal<{ id: string; text: string; day: string; packs: string } | null>(null);
let quiet: ReturnType<typeof setTimeout> | undefined;

function tell(words: string): void {
  told.value = words;
  clearTimeout(quiet);
  quiet = setTimeout(() => { told.value = ""; }, 6000);
}

async function trying(does: () => Promise<string>): Promise<void> {
  try {
    tell(await does());
  } catch (error) {
    tell(error instanceof Refused ? `Refused: ${error.message}` : error instanceof Error ? error.message : "It did not work.");
  }
}

async function copy(): Promise<string> {
  const answer = await judged(text.value, { asOf: day.value, packs: packs.value, record: false, accept: "text/markdown" });
  await navigator.clipboard.writeText(await answer.text());
  return "Copied as Markdown.";
}

async function download(accept: string, ending: string): Promise<string> {
  const by = day.value;
  const answer = await judged(text.value, { asOf: by, packs: packs.value, record: false, accept });
  let content = await answer.blob();
  if (ending === "json") content = new Blob([JSON.stringify((JSON.parse(await content.text()) as Evaluation).verdict, null, 2), "\n"], { type: accept });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = `${(verdict.value?.design || "design").replace(/[^\w.-]+/g, "-").slice(0, 80)}-${by}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return `Downloaded ${link.download}.`;
}

async function record(): Promise<string> {
  const design = text.value;
  const by = day.value;
  const asked = packsAsked.value;
  const answer = await judge(design, { asOf: by, packs: packs.value, record: true });
  if (!answer.id) return "This service keeps no ledger.";
  kept.value = { id: answer.id, text: design, day: by, packs: asked };
  return "Recorded.";
}

export function TakeAway() {
  const ready = current.value;
  const last = kept.value;
  const link = last && last.text === text.value && last.day === day.value && last.packs === packsAsked.value ? last.id : null;
  return (
    <div class="take-away">
      <button type="button" onClick={() => void trying(copy)} disabled={!ready}>Copy as Markdown</button>
      <Menu label="Download">
        {(close) => forms.map(([name, accept, ending]) => (
          <button key={ending} type="button" role="menuitem" onClick={() => { close(); void trying(() => download(accept, ending)); }}>{name}</button>
        ))}
      </Menu>
      {link
        ? <a class="button" href={address("ledger", [link])}>In the ledger: {link.slice(0, 13)}…</a>
        : <button type="button" onClick={() => void trying(record)} disabled={!ready}>Record in ledger</button>}
      <span class="small soft" role="status">{told.value}</span>
    </div>
  );
}
