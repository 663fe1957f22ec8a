// A bill of materials: its lines with their verdicts, what nobody recognised first, and what it allows as a whole.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { stringify } from "yaml";
import { Name } from "../parts/name";
import { Status, word } from "../parts/status";
import { go } from "../route";
import { asOf, parsed, text } from "../state";
import { Drop } from "./drop";
import { AllSaid } from "./saying";
import {
  against, annotated, asInFile, bill, busy, columns, day, faults, file, follow, judgedBy, lines, offer, searched, shownStatus, stale,
} from "./sent";
import { Summary } from "./summary";
import { Table } from "./table";
import { type JudgedBill, urgency } from "./model";

export function Bom() {
  useEffect(follow, []);
  const found = bill.value;
  return (
    <div class="bill">
      <header class="row">
        <h2>{found ? <Name of={found.bom.file} /> : "A bill of materials"}</h2>
        <span class="grow" />
        <span class="soft small" role="status">{busy.value ? "Judging…" : found ? `${found.lines.length.toLocaleString("en")} lines judged` : ""}</span>
      </header>
      <Faults />
      {found && <Head of={found} />}
      {found && <Table />}
      {found && <AllSaid />}
      {found && <Summary of={found} />}
      <Drop small={found !== null} />
    </div>
  );
}

function Head({ of }: { of: JudgedBill }) {
  const working = useSignal(false);
  const design = parsed.value.value.design;
  const stem = of.bom.file.replace(/\.[^.]*$/, "") || "bill";
  const download = async () => {
    working.value = true;
    const content = await annotated();
    working.value = false;
    if (content) offer(content, `${stem}-judged.xlsx`);
  };
  const statuses = urgency.filter((status) => of.bom.statuses[status] && (status !== "no_item" || asInFile.value));
  return (
    <section class="card padded bill-head" aria-label="The bill">
      <p class="row">
        <Status of={of.design.status} size="large" />
        {stale.value && <span class="tag previous">before the last change</span>}
        <span class="soft">{of.bom.design ? <>held against <Name of={of.bom.design} /></> : "the design that it implies"}, as of</span>
        <input type="date" aria-label="As of" value={judgedBy.value} onChange={(event) => (day.value = event.currentTarget.value)} />
        <span class="grow" />
        <button type="button" class="main" disabled={working.value} onClick={() => void download()}>{working.value ? "Writing…" : "Download annotated"}</button>
        <button type="button" onClick={() => { asOf.value = day.value; text.value = implied(of); go("workbench"); }}>Take the design to the workbench</button>
      </p>
      <p class="row small">
        <span class="chips" role="group" aria-label="Show lines that are">
          <Chip status="" title="all" count={of.lines.filter((line) => asInFile.value || line.status !== "no_item").length} />
          {statuses.map((status) => <Chip key={status} status={status} title={status === "no_item" ? "no item" : word(status)} count={of.bom.statuses[status] ?? 0} />)}
        </span>
        <span class="grow" />
        <label class="check"><input type="checkbox" checked={asInFile.value} onChange={(event) => (asInFile.value = event.currentTarget.checked)} /> as in the file</label>
        {typeof design === "string" && design && (
          <label class="check">
            <input type="checkbox" checked={against.value} onChange={(event) => (against.value = event.currentTarget.checked)} />
            <span>hold against <Name of={design} /></span>
          </label>
        )}
        <input type="search" aria-label="Find lines" placeholder="Find lines…" value={searched.value} onInput={(event) => (searched.value = event.currentTarget.value)} />
        <span class="hidden" role="status">{lines.value.length} lines shown</span>
      </p>
      {of.bom.warnings.map((one) => <p key={`${one.code} ${one.line} ${one.message}`} class="soft small"><Name of={one.message} />{one.hint && <> — <Name of={one.hint} /></>}</p>)}
    </section>
  );
}

function Chip({ status, title, count }: { status: string; title: string; count: number }) {
  return (
    <button
      type="button" class={`chip tone-${status === "unrecognised" || !status ? "none" : status}`} aria-pressed={shownStatus.value === status}
      onClick={() => (shownStatus.value = status)}
    >
      {title} <strong class="numbers">{count.toLocaleString("en")}</strong>
    </button>
  );
}

function implied(of: JudgedBill): string {
  return `# What the bill ${JSON.stringify(of.bom.file.slice(0, 120))} implies, and nothing that it does not say.\n${stringify(of.bom.implied, { lineWidth: 110 })}`;
}

/** Why there is no answer; where the service cannot tell the columns, a place to name them. */
function Faults() {
  if (!faults.value.length || !file.value) return null;
  const layout = faults.value.some(({ code }) => code === "SUP575" || code === "SUP576" || code === "SUP577");
  return (
    <section class="card padded faults" role="alert">
      <p><strong><Name of={file.value.name} /></strong> {bill.value ? "was not judged again:" : "was not judged:"}</p>
      <ul>
        {faults.value.slice(0, 8).map((fault) => (
          <li key={`${fault.code} ${fault.line} ${fault.message}`}><Name of={fault.message} />{fault.hint && !layout && <span class="soft"> — <Name of={fault.hint} /></span>}</li>
        ))}
      </ul>
      {layout && <Columns />}
    </section>
  );
}

function Columns() {
  const given = useSignal<Record<string, string>>({ ...columns.value });
  const roles: [role: string, title: string][] = [["qty", "Quantity"], ["part", "Part number"], ["description", "Description"]];
  return (
    <form class="row" onSubmit={(event) => { event.preventDefault(); columns.value = { ...given.value }; }}>
      <span>Name the columns by their headers, or by their places, like #2:</span>
      {roles.map(([role, title]) => (
        <label key={role}>{title} <input size={10} value={given.value[role] ?? ""} onInput={(event) => (given.value = { ...given.value, [role]: event.currentTarget.value })} /></label>
      ))}
      <button type="submit" class="main">Judge it</button>
    </form>
  );
}
