// The design as a form: its sections, in each its entities, in each what is known and what the verdict asks for.
import { useEffect, useRef } from "preact/hooks";
import { Control } from "../fields/control";
import { fetchShapes, type Section, shapes } from "../design/shapes";
import { freeId } from "../design/ids";
import { parsed, sought } from "../state";
import { add, put, rename } from "./change";
import { EntityCard } from "./entity";
import { plural } from "../verdict/words";

export function Form() {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => void fetchShapes(), []);
  useEffect(() => {
    const wanted = sought.value;
    if (wanted) reveal(here.current, wanted);
  }, [sought.value]);
  const of = shapes.value;
  if (!of) return <p class="soft">One moment…</p>;
  const { value, faults } = parsed.value;
  if (faults.length) return <p class="broken-text">The text is no YAML as it is (line {faults[0]?.line}: {faults[0]?.message}). Mend it there first.</p>;
  const entities = of.sections.reduce((sum, each) => sum + (Array.isArray(value[each.name]) ? (value[each.name] as unknown[]).length : 0), 0);
  const used = of.sections.filter((each) => value[each.name] !== undefined);
  const unused = of.sections.filter((each) => value[each.name] === undefined);
  return (
    <div class="form" ref={here}>
      <div class="own">
        {of.own.map((attribute) => (
          <div class="field" key={attribute.name} data-pointer={`/${attribute.name}`}>
            <label for={`own-${attribute.name}`} title={attribute.ask}>{attribute.title === "design" ? "Name of the design" : attribute.title}</label>
            <Control id={`own-${attribute.name}`} field={attribute.field} value={value[attribute.name]} label={attribute.title} optional={attribute.optional} change={(next) => put([attribute.name], next)} />
          </div>
        ))}
      </div>
      {used.map((each) => <SectionCard key={each.name} of={each} folded={entities > 12} />)}
      <div class="unused">
        <span class="soft small">Add a section</span>
        {unused.map((each) => (
          <button key={each.name} type="button" class="small" title={each.ask} onClick={() => add([each.name], { id: freeId(value, of, begin(each)) })}>
            + {each.title}
          </button>
        ))}
      </div>
    </div>
  );
}

function begin(section: Section): string {
  const name = section.shape.name;
  return ({ machine: "machine", cluster: "cluster", component: "part", workload: "workload" } as Record<string, string>)[name] ?? name.replaceAll("_", "");
}

function SectionCard({ of: section, folded }: { of: Section; folded: boolean }) {
  const of = shapes.value;
  const { value } = parsed.value;
  const held = value[section.name];
  if (!of) return null;
  const listed = Array.isArray(held) ? (held as unknown[]) : [];
  const open = listed.at(-1) === "...";
  const title = `${section.title}${section.title.endsWith("s") ? "" : "s"}`;
  return (
    <section class="form-section" aria-label={title}>
      <header class="row">
        <h3>{title}</h3>
        <span class="soft small">{plural(open ? listed.length - 1 : listed.length, "listed", "listed")}{open && ", there may be more"}</span>
        <span class="grow" />
        <button type="button" class="small" onClick={() => add([section.name], { id: freeId(value, of, begin(section)) })}>+ {section.title}</button>
      </header>
      {!Array.isArray(held) && <p class="soft small">{String(held)}</p>}
      {listed.map((each, index) =>
        typeof each === "object" && each !== null
          ? <EntityCard key={index} section={section} index={index} held={each as Record<string, unknown>} folded={folded} rename={(from, to) => rename(of, section.name, index, from, to)} />
          : null,
      )}
    </section>
  );
}

/** Brings the field of a pointer into sight, or the entity it belongs to. */
function reveal(here: HTMLElement | null, wanted: { pointer?: string; line?: number }): void {
  if (!here) return;
  let pointer = wanted.pointer;
  if (pointer === undefined && wanted.line) {
    const reading = parsed.peek();
    const from = reading.lines.lineStarts[wanted.line - 1] ?? 0;
    pointer = pointerAt(reading.text, from);
  }
  while (pointer) {
    const found = here.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointer)}"]`);
    if (found) {
      found.closest("details")?.setAttribute("open", "");
      found.scrollIntoView({ block: "center", behavior: "smooth" });
      found.classList.add("sought");
      setTimeout(() => found.classList.remove("sought"), 2500);
      found.querySelector<HTMLElement>("input, select, summary")?.focus({ preventScroll: true });
      return;
    }
    pointer = pointer.slice(0, pointer.lastIndexOf("/"));
  }
}

function pointerAt(text: string, from: number): string {
  const reading = parsed.peek();
  const end = text.indexOf("\n", from);
  let best = "";
  const walk = (value: unknown, path: (string | number)[]) => {
    const node = path.length ? reading.document.getIn(path, true) : reading.document.contents;
    const range = (node as { range?: [number, number, number] } | undefined)?.range;
    if (path.length && range && range[0] >= from && (end < 0 || range[0] <= end) && best === "") best = path.map((part) => `/${part}`).join("");
    if (best === "" && typeof value === "object" && value !== null) for (const [key, each] of Object.entries(value)) walk(each, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(reading.value, []);
  return best;
}
