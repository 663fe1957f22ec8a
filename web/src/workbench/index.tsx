// The workbench: the design on one side, as text, form or picture, and what is said of it on the other.
import { signal } from "@preact/signals";
import { Picture } from "../picture";
import { problems, text, verdict } from "../state";
import { Status } from "../parts/status";

type Side = "text" | "form" | "picture";
const side = signal<Side>("text");

export function Workbench() {
  return (
    <div class="workbench">
      <section class="pane" aria-label="Design">
        <div class="tabs" role="tablist">
          {(["text", "form", "picture"] as const).map((each) => (
            <button key={each} type="button" role="tab" aria-selected={side.value === each} onClick={() => (side.value = each)}>{each}</button>
          ))}
        </div>
        {side.value === "picture" ? <Picture /> : <textarea aria-label="Design text" rows={30} value={text.value} onInput={(e) => (text.value = e.currentTarget.value)} />}
      </section>
      <section class="pane" aria-label="Verdict">
        {problems.value.map((p) => <p key={p.message}>{p.message}</p>)}
        {verdict.value && <Status of={verdict.value.status} size="huge" />}
      </section>
    </div>
  );
}
