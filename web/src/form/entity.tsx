// One entity of a design: what is given of it, what the verdict asks for, and what else could be said.
import { useState } from "preact/hooks";
import { pointer } from "../design/read";
import type { Attribute, Section, Shape } from "../design/shapes";
import { Control } from "../fields/control";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { current, seek, verdict } from "../state";
import { inWords } from "../verdict/words";
import { side } from "../workbench/side";
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

function Attributes({ of, held, path, rename, id }: { of: Shape; held: Record<string, unknown>; path: (string | number)[]; rename?: (from: string, to: string) => void; id?: string }) {
  const base = pointer(path);
  const asked = new Set(
    current.value ? (verdict.value?.missing ?? []).filter((each) => each.pointer?.startsWith(`${base}/`)).map((each) => each.pointer.slice(base.length + 1).split("/")[0] ?? "") : [],
  );
  const shown = of.attributes.filter((each) => held[each.name] !== undefined || each.name === "id" || asked.has(each.name));
  const rest = of.attributes.filter((each) => !shown.includes(each));
  const strange = Object.keys(held).filter((key) => !of.attributes.some((each) => each.name === key));
  return (
    <div class="fields">
      {shown.map((each) => (
        <AttributeField key={each.name} of={each} value={held[each.name]} path={[...path, each.name]} asked={asked.has(each.name)}
          change={(next) => {
            if (each.name === "id" && rename && id !== undefined && typeof next === "string") rename(id, next);
            else if (each.name !== "id" || next !== undefined) put([...path, each.name], next);
          }} />
      ))}
      {strange.map((each) => <p key={each} class="small soft">not known here: <Name of={each} code /></p>)}
      {rest.length > 0 && (
        <div class="field add">
          <select aria-label={`Say more of ${of.title.toLowerCase()} ${id ?? ""}`} value="" onChange={(event) => {
            const attribute = of.attributes.find((each) => each.name === event.currentTarget.value);
            if (attribute) put([...path, attribute.name], beginning(attribute));
          }}>
            <option value="">+ say more…</option>
            {rest.map((each) => <option key={each.name} value={each.name}>{each.title}</option>)}
          </select>
        </div>
      )}
    </div>
  );
}

function beginning(of: Attribute): unknown {
  return of.field.kind === "list" ? ["..."] : "unknown";
}

function AttributeField({ of, value, path, asked, change }: { of: Attribute; value: unknown; path: (string | number)[]; asked: boolean; change: (value: unknown) => void }) {
  const id = `field${pointer(path)}`;
  const { field } = of;
  const where = pointer(path);
  if (field.kind === "record" && (typeof value === "object" || value === undefined) && value !== null) {
    return (
      <fieldset class={asked ? "field record asked" : "field record"} data-pointer={where}>
        <legend title={of.ask}>{of.title}</legend>
        <Attributes of={field.shape} held={(value ?? {}) as Record<string, unknown>} path={path} />
      </fieldset>
    );
  }
  if (field.kind === "record") {
    return (
      <div class={asked ? "field asked" : "field"} data-pointer={where}>
        <span class="label" title={of.ask}>{of.title}</span>
        <span class="row"><span class="member-chip">{inWords(value)}</span><button type="button" class="small" onClick={() => change({})}>say more</button></span>
      </div>
    );
  }
  if (field.kind === "list" && field.of.kind === "record" && Array.isArray(value)) {
    const shape = field.of.shape;
    return (
      <fieldset class="field record" data-pointer={where}>
        <legend title={of.ask}>{of.title}</legend>
        {(value as unknown[]).map((each, index) => typeof each === "object" && each !== null
          ? <div class="nested" key={index}><Attributes of={shape} held={each as Record<string, unknown>} path={[...path, index]} /><button type="button" class="quiet small" onClick={() => put([...path, index], undefined)}>Remove</button></div>
          : <p class="small soft" key={index}>there may be more</p>)}
      </fieldset>
    );
  }
  return (
    <div class={asked ? "field asked" : "field"} data-pointer={where}>
      <label for={id} title={of.ask}>{of.title}{asked && <span class="tag">asked for</span>}</label>
      <Control id={id} field={field} value={value} change={change} label={of.title} optional={of.optional} unit={of.unit} />
    </div>
  );
}
