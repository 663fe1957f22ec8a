// The workbench: the design on one side, as text, form or picture, and what is said of it on the other.
import { useEffect } from "preact/hooks";
import { ExamplesMenu } from "../examples/menu";
import { Dropping } from "../files/dropping";
import { designs, openFiles } from "../files/opening";
import { Form } from "../form/form";
import { lazy } from "../shell/lazy";
import { Status } from "../parts/status";
import { asOf, chosen, current, sought, text, verdict } from "../state";
import { VerdictPanel } from "../verdict/panel";
import { DayChoice } from "./day";
import { PacksMenu } from "./packs";
import { type Side, side } from "./side";
import { redoChange, TextSide, undoChange } from "./text";

const words: Record<Side, string> = { text: "Text", form: "Form", picture: "Picture", verdict: "Verdict" };

const Picture = lazy(() => import("../picture").then((m) => m.Picture));
const narrow = matchMedia("(max-width: 56rem)");

export function Workbench() {
  useEffect(() => {
    const stops = [
      sought.subscribe((wanted) => {
        if (wanted && (side.peek() === "picture" || side.peek() === "verdict")) side.value = "text";
      }),
      chosen.subscribe((wanted) => {
        if (wanted && narrow.matches) side.value = "verdict";
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  const shown = side.value;
  return (
    <div class={`workbench showing-${shown}`}>
      <div class="tools">
        <ExamplesMenu />
        <label class="button file">
          Open…
          <input type="file" multiple accept={designs} onChange={(event) => void open(event.currentTarget)} />
        </label>
        <button type="button" class="optional" onClick={() => { asOf.value = ""; text.value = "design: untitled\n"; }}>New</button>
        <span class="undo">
          <button type="button" class="quiet" onClick={undoChange} aria-label="Undo" title="Undo">↶</button>
          <button type="button" class="quiet" onClick={redoChange} aria-label="Redo" title="Redo">↷</button>
        </span>
        <span class="grow" />
        <PacksMenu />
        <DayChoice />
      </div>
      <section class="pane design-pane" aria-label="Design">
        <Sides />
        <div class="pane-body" role="tabpanel" id="side-panel" aria-labelledby={`side-${shown === "verdict" ? "text" : shown}`}>
          <TextSide shown={shown === "text"} />
          {shown === "form" && <Form />}
          {shown === "picture" && <Picture />}
        </div>
      </section>
      <section class="pane verdict-pane" aria-label="Verdict" id="verdict-pane">
        <VerdictPanel />
      </section>
      <Dropping />
    </div>
  );
}

async function open(input: HTMLInputElement): Promise<void> {
  await openFiles([...(input.files ?? [])]);
  // The same file may be chosen again.
  input.value = "";
}

function Sides() {
  const sides: Side[] = ["text", "form", "picture", "verdict"];
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const able = narrow.matches ? sides : sides.slice(0, 3);
    const next = able[(able.indexOf(side.value) + step + able.length) % able.length] as Side;
    side.value = next;
    document.getElementById(`side-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="The design as" onKeyDown={keys}>
      {sides.map((each) => (
        <button key={each} id={`side-${each}`} type="button" role="tab" class={each === "verdict" ? "narrow-only" : undefined}
          aria-selected={side.value === each} aria-controls={each === "verdict" ? "verdict-pane" : "side-panel"} tabIndex={side.value === each ? 0 : -1} onClick={() => (side.value = each)}>
          {words[each]}
        </button>
      ))}
      <span class="grow" />
      {verdict.value && <span class={current.value ? "narrow-only" : "narrow-only stale"}>{!current.value && "was "}<Status of={verdict.value.status} /></span>}
    </div>
  );
}
