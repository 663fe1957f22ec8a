// One entity of a design: what is given of it, what the verdict asks for, and what else could be said.
import { useState } from "preact/hooks";
import { pointer } from "../design/read";
import type { Section, Shape } from "../design/shapes";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { current, seek, verdict } from "../state";
import { inWords } from "../verdict/words";
import { side } from "../workbench/side";
import { Attributes } from "./attributes";
import { put } from "./change";

interface Card {
  section: Section;
  index: number;
  held: Record<string, unknown>;
  folded: boolean;
  rename: (from: string, to: string) => void;
}

export function EntityCard({ section, index, held, folded, rename }: Card) {
  const [opened, setOpened] = useState(!folded);
  const path = [section.name, index];
  const id = String(held.id ?? "");
  const here = pointer(path);
  const subject = current.value ? verdict.value?.subjects.find((each) => each.pointer === here) : undefined;
  const wrong = subject?.findings.filter((each) => each.kind === "violated").length ?? 0;
  return (
    <details class="entity" data-pointer={here} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <strong><Name of={id || "(no name)"} /></strong>
        <span class="soft small brief"><Name of={brief(section.shape, held)} /></span>
        <span class="grow" />
        {wrong > 0 && <span class="small soft">{wrong} wrong</span>}
        {subject && <Status of={subject.status} />}
      </summary>
      {opened && (
        <div class="entity-body">
          <Attributes of={section.shape} held={held} path={path} rename={rename} id={id} />
          <div class="row end">
            <button type="button" class="quiet small" onClick={() => { side.value = "text"; seek({ pointer: here }); }}>Show in the text</button>
            <button type="button" class="quiet small" onClick={() => put(path, undefined)}>Remove {section.title.toLowerCase()}</button>
          </div>
        </div>
      )}
    </details>
  );
}

function brief(shape: Shape, held: Record<string, unknown>): string {
  const told = ["kind", "product", "os", "model", "role"].filter((name) => shape.attributes.some((each) => each.name === name) && held[name] !== undefined);
  return told.map((name) => inWords(held[name])).join(" · ").slice(0, 140);
}
