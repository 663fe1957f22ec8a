// Changes that the form and the interview make to the text: through the document, so that comments stay.
import { addTo, removeAt, setAt } from "../design/edit";
import { ids } from "../design/ids";
import type { Attribute, Shapes } from "../design/shapes";
import { parsed, text } from "../state";

type Path = (string | number)[];

/** Puts a value at a path, or takes it out where it is `undefined`. */
export function put(path: Path, value: unknown): void {
  text.value = value === undefined ? removeAt(text.value, path) : setAt(text.value, path, value);
}

export function add(path: Path, value: unknown): void {
  text.value = addTo(text.value, path, value);
}

/** Gives an entity another name, wherever it is referred to. */
export function rename(of: Shapes, section: string, index: number, from: string, to: string): void {
  let next = setAt(text.value, [section, index, "id"], to);
  const alone = ids(parsed.value.value, of).filter((each) => each.id === from).length === 1;
  if (alone) {
    for (const path of references(of, parsed.value.value, from)) next = setAt(next, path, to);
  }
  text.value = next;
}

/** Every path at which an entity of that name is referred to. */
export function references(of: Shapes, design: Record<string, unknown>, id: string): Path[] {
  const found: Path[] = [];
  const look = (attributes: readonly Attribute[], held: Record<string, unknown>, path: Path) => {
    for (const { name, field } of attributes) {
      const value = held[name];
      const here = [...path, name];
      if (field.kind === "reference" && String(value) === id) found.push(here);
      if (field.kind === "record" && typeof value === "object" && value !== null) look(field.shape.attributes, value as Record<string, unknown>, here);
      if (field.kind === "list" && Array.isArray(value)) {
        const member = field.of;
        value.forEach((each: unknown, index) => {
          if (member.kind === "reference" && String(each) === id) found.push([...here, index]);
          if (member.kind === "record" && typeof each === "object" && each !== null) look(member.shape.attributes, each as Record<string, unknown>, [...here, index]);
        });
      }
    }
  };
  for (const section of of.sections) {
    const listed = design[section.name];
    if (!Array.isArray(listed)) continue;
    listed.forEach((each: unknown, index) => {
      if (typeof each === "object" && each !== null) look(section.shape.attributes, each as Record<string, unknown>, [section.name, index]);
    });
  }
  return found;
}
