// What nobody recognised: a place to say what it is. What is said goes to the service as a profile, and the bill is judged anew.
import { useSignal } from "@preact/signals";
import { Name } from "../parts/name";
import { type Cells, cellsOf, type Line } from "./model";
import { bill, goOn, offer, profile, type Said, said } from "./sent";

const kinds: [kind: string, title: string][] = [
  ["", "a product, by its name"], ["server", "a server"], ["storage", "storage"], ["hba", "a host bus adapter"], ["nic", "a network adapter"],
  ["switch", "a switch"], ["driver", "a driver"], ["software", "other software"], ["other", "nothing that a rule asks about"],
];

export function Saying({ line }: { line: Line }) {
  const cells = cellsOf(line, bill.value?.bom.headers ?? []);
  const kind = useSignal("");
  const name = useSignal("");
  const vendor = useSignal(cells.vendor);
  const model = useSignal("");
  const label = `line ${line.line}`;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!kind.value && !name.value.trim()) return;
    say(cells, { name: name.value.trim(), kind: kind.value, vendor: vendor.value.trim(), model: model.value.trim() });
  };
  return (
    <form class="saying" onSubmit={submit} aria-label={`What ${label} is`}>
      <p class="row">
        <strong>What is it?</strong>
        {line.nearest.map((near) => (
          <button key={near} type="button" onClick={() => say(cells, { name: near, kind: "", vendor: "", model: "" })}>{near}</button>
        ))}
        <button type="button" class="quiet" onClick={() => say(cells, { name: "", kind: "other", vendor: "", model: "" })}>Nothing that a rule asks about</button>
      </p>
      <p class="row">
        <label>It is <select value={kind.value} onChange={(event) => (kind.value = event.currentTarget.value)}>
          {kinds.map(([value, title]) => <option key={value} value={value}>{title}</option>)}
        </select></label>
        {kind.value === "" && (
          <label class="grow">Name <input
            value={name.value} placeholder="Windows Server 2008 R2 Enterprise" onInput={(event) => (name.value = event.currentTarget.value)}
          /></label>
        )}
        {kind.value !== "" && kind.value !== "other" && (
          <>
            <label>Vendor <input value={vendor.value} size={12} onInput={(event) => (vendor.value = event.currentTarget.value)} /></label>
            <label>Model <input value={model.value} size={18} onInput={(event) => (model.value = event.currentTarget.value)} /></label>
          </>
        )}
        <button type="submit" class="main">Say so</button>
      </p>
    </form>
  );
}

function say(cells: Cells, what: Said): void {
  const next = new Map(said.value);
  for (const key of [cells.part, cells.description]) if (key) next.set(key, what);
  said.value = next;
  goOn.value = true;
}

/** All that was said, with a way to take it back and to keep it. */
export function AllSaid() {
  if (!said.value.size) return null;
  const things = new Map<Said, string[]>();
  for (const [key, what] of said.value) things.set(what, [...(things.get(what) ?? []), key]);
  return (
    <section class="card padded" aria-label="What you said">
      <header class="row">
        <h3>What you said</h3>
        <span class="grow" />
        <button type="button" onClick={() => offer(new Blob([profile.value], { type: "application/yaml" }), "profile.yaml")}>Keep it as a profile</button>
      </header>
      <ul class="all-said">
        {[...things].map(([what, keys]) => (
          <li key={keys[0]}>
            <Name of={keys.at(-1) ?? ""} /> is <strong><Name of={worded(what)} /></strong>{" "}
            <button type="button" class="link" onClick={() => unsay(keys)}>take it back</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function worded({ name, kind, vendor, model }: Said): string {
  if (!kind) return name;
  const title = kinds.find(([value]) => value === kind)?.[1] ?? kind;
  return [title, [vendor, model].filter(Boolean).join(" ")].filter(Boolean).join(": ");
}

export function unsay(keys: readonly string[]): void {
  said.value = new Map([...said.value].filter(([key]) => !keys.includes(key)));
}
