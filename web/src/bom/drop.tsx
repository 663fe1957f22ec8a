// Where a bill comes in: dropped, chosen, or pasted as text.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { take } from "./sent";

const sample = `| Qty | Part number | Description |
| --: | --- | --- |
| 2 | 494329-B21 | HP ProLiant DL380 G6 E5540 Base Server |
| 4 | AJ763A | HP 82E 8Gb Dual Port PCI-e FC HBA |
| 2 | 589257-B21 | MS WIN SVR 2008 R2 ENT ROK EMEA SW |
| 1 | AP845A | HP P2000 G3 MSA FC Dual Controller Array |
| 1 | 810-07575 | SQL Server 2008 Enterprise x64 |
| 2 | FAB-0815 | Fabrikam BladeForge 7 compute module |
| 1 | SVC-3Y | Three years of support, next business day |
`;

export function Drop({ small }: { small: boolean }) {
  const chooser = useRef<HTMLInputElement>(null);
  const pasting = useSignal(false);
  const over = useSignal(false);
  return (
    <section
      class={`card drop${over.value ? " over" : ""}${small ? " again" : ""}`} aria-label="A bill of materials"
      onDragOver={(event) => { event.preventDefault(); over.value = true; }} onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        const [given] = event.dataTransfer?.files ?? [];
        if (given) take(given);
      }}
    >
      {!small && (
        <>
          <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true"><path class="stroke" d="M12 6h16l10 10v26H12zM28 6v10h10M18 24h14M18 30h14M18 36h8" /></svg>
          <p class="lead">Drop a quote or price list here</p>
          <p class="soft">.xlsx, .ods, .csv or a Markdown table. Every line comes back with what it is, whether it is supported, and by which text.</p>
        </>
      )}
      <p class="row middle">
        <button type="button" class={small ? "" : "main"} onClick={() => chooser.current?.click()}>{small ? "Another file…" : "Choose a file…"}</button>
        <button type="button" aria-expanded={pasting.value} onClick={() => (pasting.value = !pasting.value)}>Paste a table</button>
        {!small && <button type="button" onClick={() => take(asFile(sample))}>Try an example</button>}
      </p>
      <input
        ref={chooser} type="file" class="hidden" tabIndex={-1} aria-label="Choose a bill of materials" accept=".xlsx,.xlsm,.ods,.csv,.tsv,.txt,.md"
        onChange={(event) => {
          const [given] = event.currentTarget.files ?? [];
          if (given) take(given);
          event.currentTarget.value = "";
        }}
      />
      {pasting.value && <Paste done={() => (pasting.value = false)} />}
    </section>
  );
}

function Paste({ done }: { done: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const given = field.current?.value ?? "";
    if (!given.trim()) return;
    take(asFile(given));
    done();
  };
  return (
    <form class="paste" onSubmit={submit}>
      <label for="pasted">A table from a spreadsheet, as CSV or as Markdown, with a line that names the columns</label>
      <textarea id="pasted" ref={field} rows={8} spellcheck={false} placeholder={"Qty,Part number,Description\n2,494329-B21,HP ProLiant DL380 G6"} />
      <p class="row middle"><button type="submit" class="main">Judge it</button></p>
    </form>
  );
}

function asFile(given: string): File {
  const markdown = given.trimStart().startsWith("|");
  return new File([given], markdown ? "pasted.md" : "pasted.csv", { type: markdown ? "text/markdown" : "text/csv" });
}
