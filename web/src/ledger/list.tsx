// What was judged, newest first: found by status, name, day and time, and picked in pairs to be compared.
import { signal, useSignal } from "@preact/signals";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { Missing } from "../policies/bits";
import { usePages } from "../policies/pages";
import { address, go, route } from "../route";
import type { Entry } from "./types";

const statuses = ["unsupported", "limited", "undetermined", "conditional", "not_covered", "supported"];
/** The ids to be compared, in the order in which they were picked; two at most. */
export const picked = signal<readonly string[]>([]);
const fields = ["status", "name", "as_of", "since", "until", "design"] as const;

export function EntryList() {
  const { query } = route.value;
  const asked = new URLSearchParams({ limit: "50" });
  for (const field of fields) {
    const given = query.get(field);
    if (given) asked.set(field, field === "until" && /^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T23:59:59.999999Z` : given);
  }
  const { items, more, failed, waiting } = usePages<Entry>(`v1/evaluations?${asked}`);
  return (
    <>
      <div class="row">
        <h2>What was judged</h2>
        <span class="grow" />
        <Compare items={items} />
      </div>
      <Filters />
      {failed && <Missing failed={failed} />}
      {!failed && !items.length && (waiting ? <Missing failed="" /> : <Nothing />)}
      {items.length > 0 && (
        <div class="card wide" tabIndex={0} role="region" aria-label="Evaluations">
          <table class="entries judged">
            <thead>
              <tr><th scope="col"><span class="hidden">Compare</span></th><th scope="col">Recorded</th><th scope="col">Design</th><th scope="col">Status</th><th scope="col">As of</th><th scope="col">By</th></tr>
            </thead>
            <tbody>{items.map((each) => <Row key={each.id} of={each} />)}</tbody>
          </table>
        </div>
      )}
      {more && <p><button type="button" onClick={more} disabled={waiting}>Older ones</button></p>}
    </>
  );
}

function Row({ of }: { of: Entry }) {
  const place = picked.value.indexOf(of.id);
  return (
    <tr class={place >= 0 ? "picked" : ""}>
      <td>
        <input
          type="checkbox" checked={place >= 0} disabled={of.pruned} aria-label={`Compare ${(of.name ?? "").slice(0, 80)}, recorded ${moment(of.recorded_at)}`}
          onChange={(event) => (picked.value = event.currentTarget.checked ? [...picked.value, of.id].slice(-2) : picked.value.filter((id) => id !== of.id))}
        />
      </td>
      <td class="numbers"><time dateTime={of.recorded_at}>{moment(of.recorded_at)}</time></td>
      <td>{of.pruned ? <span class="soft">erased by retention</span> : <a href={address("ledger", [of.id])}><Name of={of.name || "without a name"} /></a>}</td>
      <td>
        <Status of={of.status} />
        {of.at_worst !== of.at_best && <span class="soft small"> {of.at_worst.replace("_", " ")} to {of.at_best.replace("_", " ")}</span>}
      </td>
      <td class="numbers">{of.as_of}</td>
      <td class="soft"><Name of={of.by ?? ""} /></td>
    </tr>
  );
}

function Compare({ items }: { items: readonly Entry[] }) {
  const both = picked.value;
  const times = new Map(items.map((each) => [each.id, each.recorded_at]));
  return (
    <button
      type="button" class={both.length === 2 ? "main" : ""} disabled={both.length !== 2}
      onClick={() => {
        // The older one first, however they were picked.
        const [one = "", other = ""] = [...both].sort((a, b) => (times.get(a) ?? "").localeCompare(times.get(b) ?? ""));
        go("ledger", ["compare", one, other]);
      }}
    >{both.length === 2 ? "Compare the two" : both.length === 1 ? "Pick one more to compare" : "Pick two to compare"}</button>
  );
}

function Filters() {
  const { query } = route.value;
  const given = useSignal<Record<string, string>>(Object.fromEntries(fields.map((field) => [field, query.get(field) ?? ""])));
  const put = (field: (typeof fields)[number], value: string, at_once: boolean) => {
    given.value = { ...given.value, [field]: value };
    if (at_once) apply();
  };
  const apply = () => go("ledger", [], Object.fromEntries(Object.entries(given.value).filter(([, value]) => value.trim())));
  return (
    <form class="row small filters" aria-label="Filter" onSubmit={(event) => { event.preventDefault(); apply(); }}>
      <label>Status <select value={given.value.status} onChange={(event) => put("status", event.currentTarget.value, true)}>
        <option value="">any</option>
        {statuses.map((status) => <option key={status} value={status}>{status.replace("_", " ")}</option>)}
      </select></label>
      <label>Name <input type="search" value={given.value.name} size={16} onInput={(event) => put("name", event.currentTarget.value, false)} onChange={apply} /></label>
      <label>As of <input type="date" value={given.value.as_of} onChange={(event) => put("as_of", event.currentTarget.value, true)} /></label>
      <label>Recorded from <input type="date" value={given.value.since} onChange={(event) => put("since", event.currentTarget.value, true)} /></label>
      <label>to <input type="date" value={given.value.until} onChange={(event) => put("until", event.currentTarget.value, true)} /></label>
      {Object.values(given.value).some(Boolean) && (
        <button type="button" class="link" onClick={() => { given.value = {}; go("ledger"); }}>Show all</button>
      )}
    </form>
  );
}

function Nothing() {
  const { query } = route.value;
  if (fields.some((field) => query.get(field))) return <p class="card padded soft">Nothing that was recorded is like that.</p>;
  return (
    <div class="card padded">
      <p>Nothing was recorded yet.</p>
      <p class="soft">In the <a href={address("workbench")}>workbench</a>, “Record in ledger” keeps a design with its verdict, the packs that judged it, who asked and when; for good, and under an address that stays.</p>
    </div>
  );
}

/** When something was recorded, where the reader is. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
