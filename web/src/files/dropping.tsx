// Files may be dropped anywhere on the workbench. They are caught before the editor sees them, which would write them into
// the text where they fall.
import { useEffect, useState } from "preact/hooks";
import { Name } from "../parts/name";
import { openFiles, told } from "./opening";

export function Dropping() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const on = (type: "dragenter" | "dragover" | "dragleave" | "drop", does: (event: DragEvent) => void) => {
      const only = (event: DragEvent) => {
        if (event.dataTransfer?.types.includes("Files")) does(event);
      };
      addEventListener(type, only, { capture: true, signal: listening.signal });
    };
    const invite = (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    on("dragenter", invite);
    on("dragover", invite);
    on("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false);
    });
    on("drop", (event) => {
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      void openFiles([...(event.dataTransfer?.files ?? [])]);
    });
    return () => listening.abort();
  }, []);
  return (
    <>
      {over && (
        <div class="drop-here" aria-hidden="true">
          <p><strong>Drop it here</strong></p>
          <p>A design (YAML, JSON, TOML) to work on, in one file or several; a quote or price list to judge line by line.</p>
        </div>
      )}
      <div class="told-place" aria-live="polite">{told.value && <Told {...told.value} />}</div>
    </>
  );
}

function Told({ words, wrong }: { words: string; wrong: boolean }) {
  return (
    <p class={wrong ? "told wrong" : "told"}>
      <Name of={words} longest={400} />
      <button type="button" class="quiet" aria-label="Close" onClick={() => { told.value = null; }}>×</button>
    </p>
  );
}
