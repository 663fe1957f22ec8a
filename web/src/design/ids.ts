// The names of entities in a design.
import type { Shapes } from "./shapes";

export interface Named {
  id: string;
  type: string;
  section: string;
  index: number;
}

/** Every entity of a type ("" for all) that has an id, in the design's order. */
export function ids(design: Record<string, unknown>, of: Shapes, type = ""): Named[] {
  return of.sections
    .filter((each) => type === "" || each.shape.name === type)
    .flatMap((section) => {
      const listed = design[section.name];
      if (!Array.isArray(listed)) return [];
      return listed.flatMap((each: unknown, index) => {
        const id = typeof each === "object" && each !== null ? (each as Record<string, unknown>).id : undefined;
        return typeof id === "string" || typeof id === "number" ? [{ id: String(id), type: section.shape.name, section: section.name, index }] : [];
      });
    });
}

/** A name of that beginning that no entity has yet. */
export function freeId(design: Record<string, unknown>, of: Shapes, begin: string): string {
  const taken = new Set(ids(design, of).map((each) => each.id));
  for (let number = 1; ; number += 1) if (!taken.has(`${begin}${number}`)) return `${begin}${number}`;
}
