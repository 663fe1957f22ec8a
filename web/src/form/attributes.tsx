// The attributes of an entity or of a record in it: those that are given or asked for as fields, the rest on demand.
import { useEffect, useRef } from "preact/hooks";
import { pointer } from "../design/read";
import type { Attribute, Shape } from "../design/shapes";
import { Control } from "../fields/control";
import { Name } from "../parts/name";
import { current, verdict } from "../state";
import { inWords, plural } from "../verdict/words";
import { add, put } from "./change";

type Path = (string | number)[];

/** A record in a list shows all it may say at once, unless that is more than this. */
const few = 8;

interface Held {
  of: Shape;
  held: Record<string, unknown>;
  path: Path;
  /** Called instead of writing the id, where a name is referred to elsewhere. */
  rename?: (from: string, to: string) => void;
  id?: string;
  /** Whether fields that nothing stands in are shown as well. */
  all?: boolean;
}

export function Attributes({ of, held, path, rename, id, all = false }: Held) {
  const base = pointer(path);
  const asked = new Set(
    current.value ? (verdict.value?.missing ?? []).filter((each) => each.pointer?.startsWith(`${base}/`)).map((each) => each.pointer.slice(base.length + 1).split("/")[0] ?? "") : [],
  );
  const shown = of.attributes.filter((each) => all || held[each.name] !== undefined || each.name === "id" || asked.has(each.name));
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
          <select aria-label={`Say more of ${of.title.toLowerCase()} ${id ?? ""}`.trim()} value="" onChange={(event) => {
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

/** A list that was begun may go on; of records there is one to fill in. */
function beginning(of: Attribute): unknown {
  if (of.field.kind !== "list") return "unknown";
  return of.field.of.kind === "record" ? [{}] : ["..."];
}

interface Given {
  of: Attribute;
  value: unknown;
  path: Path;
  asked: boolean;
  change: (value: unknown) => void;
}

function AttributeField(given: Given) {
  const { of, value, path, asked, change } = given;
  const { field } = of;
  const where = pointer(path);
  const id = `field${where}`;
  if (field.kind === "list" && field.of.kind === "record") return <Records {...given} shape={field.of.shape} />;
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
  return (
    <div class={asked ? "field asked" : "field"} data-pointer={where}>
      <label for={id} title={of.ask}>{of.title}{asked && <span class="tag">asked for</span>}</label>
      <Control id={id} field={field} value={value} change={change} label={of.title} optional={of.optional} unit={of.unit} />
    </div>
  );
}

/** A list of records: each can be filled in and taken out, one can be added, and the list can be said to be all there is.
 * The focus follows: to the first field of what was added, or to what stands in the place of what was taken out. */
function Records({ of, value, path, asked, change, shape }: Given & { shape: Shape }) {
  const here = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<number | null>(null);
  const listed = Array.isArray(value) ? (value as unknown[]) : [];
  const open = listed.at(-1) === "...";
  const members = open ? listed.slice(0, -1) : listed;
  const one = shape.title.toLowerCase();
  useEffect(() => {
    if (wanted.current === null) return;
    const record = here.current?.querySelectorAll(":scope > .nested")[wanted.current];
    (record?.querySelector<HTMLElement>("input, select, button") ?? here.current?.querySelector<HTMLElement>(":scope > .adding > button"))?.focus();
    wanted.current = null;
  });
  const more = () => {
    wanted.current = members.length;
    add(path, {});
  };
  const remove = (index: number) => {
    wanted.current = Math.min(index, members.length - 2);
    put([...path, index], undefined);
  };
  return (
    <fieldset ref={here} class={asked ? "field record asked" : "field record"} data-pointer={pointer(path)}>
      <legend title={of.ask}>{of.title}</legend>
      {members.map((each, index) => (
        <fieldset class="nested" key={index} data-pointer={pointer([...path, index])}>
          <legend>{shape.title} {index + 1}</legend>
          {typeof each === "object" && each !== null
            ? <Attributes of={shape} held={each as Record<string, unknown>} path={[...path, index]} all={shape.attributes.length <= few} />
            : <span class="member-chip"><Name of={inWords(each)} /></span>}
          <button type="button" class="quiet small" aria-label={`Remove ${one} ${index + 1}`} onClick={() => remove(index)}>Remove</button>
        </fieldset>
      ))}
      <p class="row adding">
        {asked && <span class="tag">asked for</span>}
        <button type="button" class="small" onClick={more}>+ {shape.title}</button>
        {typeof value === "string" && <span class="member-chip">{value}</span>}
        {Array.isArray(value) && <span class="soft small">{members.length ? `${plural(members.length, one)} listed` : "none listed"}</span>}
        {(open || members.length > 0) && (
          <label class="small soft more-to-come">
            <input type="checkbox" checked={open} onChange={(event) => (event.currentTarget.checked ? add(path, "...") : put([...path, members.length], undefined))} /> there may be more
          </label>
        )}
        {!members.length && value !== "none" && of.optional && <button type="button" class="quiet small" onClick={() => change("none")}>there are none</button>}
      </p>
    </fieldset>
  );
}
