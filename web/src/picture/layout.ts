// Where each part of a design is drawn: boxes within boxes, in the order of the design, so that a verdict that changes
// moves nothing. Pure: no page, no clock; the same input gives the same picture.
import type { Drawn, Form, Part } from "./parts";

/** How much of each thing is written: its name and what it is; its name; or only its sign, with the name to zoom in for. */
export type Detail = "full" | "names" | "cells";

export interface Box {
  part: Part;
  x: number;
  y: number;
  w: number;
  h: number;
  /** From 1, for the outermost. */
  level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  place: number;
  siblings: number;
  /** The key of the box around it, "" for none. */
  within: string;
  container: boolean;
  /** Font sizes; 0 where there is no room for it. */
  name: number;
  about: number;
  /** Height of the head of a container; of the whole box otherwise. */
  head: number;
  /** For a stack: what lies in it. */
  stack: readonly Part[];
}

export interface Arranged {
  boxes: Box[];
  byKey: Map<string, Box>;
  /** For each part the key of the box that shows it: its own, or the stack it lies in. */
  shownBy: Map<string, string>;
  width: number;
  height: number;
}

export interface Arranging {
  detail: Detail;
  /** Whether siblings that look alike lie in one stack; `looks` says what makes two alike beside what they are. */
  stacked: boolean;
  looks: (key: string) => string;
  /** Keys of stacks that were opened. */
  opened: ReadonlySet<string>;
  /** Width by height that the whole should have. */
  aspect: number;
}

/** From so many alike siblings on they are stacked. */
const fewest = 4;

interface Sizes {
  leaf: { w: [min: number, max: number]; h: number };
  small: { w: [min: number, max: number]; h: number };
  head: number;
  pad: number;
  gap: number;
  name: number;
  about: number;
}

const sizes: Record<Detail, Sizes> = {
  full: { leaf: { w: [124, 216], h: 44 }, small: { w: [96, 176], h: 30 }, head: 44, pad: 10, gap: 8, name: 13, about: 11 },
  names: { leaf: { w: [76, 132], h: 26 }, small: { w: [64, 120], h: 22 }, head: 26, pad: 6, gap: 5, name: 11.5, about: 0 },
  cells: { leaf: { w: [26, 26], h: 26 }, small: { w: [12, 12], h: 12 }, head: 20, pad: 5, gap: 3, name: 11, about: 0 },
};

/** Rows within a container, from top to bottom. */
const shelves: Form[][] = [
  ["workload", "other"], ["cluster"], ["host", "machine"], ["guest"], ["reference"], ["stack", "open"], ["component"], ["storage"], ["tray"],
];

interface Shaped extends Arranging {
  cluster: number;
  host: number;
}

interface Sized {
  part: Part;
  w: number;
  h: number;
  /** Children with their places relative to this. */
  inner: { x: number; y: number; child: Sized }[];
  name: number;
  about: number;
  head: number;
  stack: readonly Part[];
}

/** Shapes, width by height, that clusters and hosts are tried in; the picture that can be shown largest is taken. */
const shapes = [[1.2, 1.1], [1.8, 1.1], [1.8, 1.6], [3, 1.2], [3, 2], [5, 1.2], [5, 1.8]] as const;

export function arrange(drawn: Drawn, how: Arranging): Arranged {
  let best: Packed | undefined;
  for (const [cluster, host] of shapes) {
    const shaped = { ...how, cluster, host };
    const top = stackedIn(drawn.top, how).map((part) => sized(part, shaped));
    const tried = packed(groupsOf(top), how.aspect, sizes[how.detail].gap * 2);
    if (!best || extent(tried, how) < extent(best, how) * 0.98) best = tried;
  }
  const { placed, w, h } = best ?? { placed: [], w: 1, h: 1 };
  const arranged: Arranged = { boxes: [], byKey: new Map(), shownBy: new Map(), width: Math.max(w, 1), height: Math.max(h, 1) };
  placed.forEach(({ x, y, child }, index) => lay(child, x, y, 1, index + 1, placed.length, "", arranged));
  return arranged;
}

/** The smaller, the larger it can be shown in a room of that aspect. */
function extent({ w, h }: Packed, { aspect }: Arranging): number {
  return Math.max(w / aspect, h);
}

/** The detail at which so many parts are drawn, and whether alike ones are stacked. */
export function suited(drawn: Drawn): Detail {
  let machines = 0;
  for (const part of drawn.parts.values()) if (part.type !== "component") machines += 1;
  return machines > 70 ? "cells" : machines > 28 ? "names" : "full";
}

function lay(
  box: Sized, x: number, y: number, level: number, place: number, siblings: number, within: string, into: Arranged,
): void {
  const { part, w, h, name, about, head, stack, inner } = box;
  const laid: Box = { part, x, y, w, h, level, place, siblings, within, container: inner.length > 0, name, about, head, stack };
  into.boxes.push(laid);
  into.byKey.set(part.key, laid);
  into.shownBy.set(part.key, part.key);
  for (const lying of stack) for (const each of withAll(lying)) into.shownBy.set(each.key, part.key);
  inner.forEach((each, index) => lay(each.child, x + each.x, y + each.y, level + 1, index + 1, inner.length, part.key, into));
}

/** A part and all within it. */
export function withAll(part: Part): Part[] {
  return [part, ...part.inside.flatMap(withAll)];
}

function sized(part: Part, how: Shaped, within?: Form): Sized {
  const size = sizes[how.detail];
  const inside = stackedIn(shownIn(part, how), how);
  const stack = part.form === "stack" ? part.inside : [];
  if (part.form === "stack" || !inside.length) return leaf(part, stack, how, within);
  const children = inside.map((each) => sized(each, how, part.form));
  // In cells, a guest's head is no wider than its sign.
  const narrow = how.detail === "cells" && part.form === "guest";
  const head = narrow ? 18 : size.head;
  const pad = narrow ? 3 : size.pad;
  const name = narrow ? 4.5 : size.name;
  const least = narrow ? 20 : Math.min(Math.max(written(part.id, name) + 44 + (part.count > 1 ? 34 : 0), 56), 220);
  const aspect = part.form === "cluster" ? how.cluster : part.form === "guest" ? 1.6 : how.host;
  const { placed, w, h } = packed(groupsOf(children), aspect, size.gap, least);
  const inner = placed.map(({ x, y, child }) => ({ x: x + pad, y: y + head, child }));
  return { part, w: w + 2 * pad, h: h + head + pad, inner, name, about: narrow ? 0 : size.about, head, stack };
}

/** Parts that nobody is blamed for are left out where there is room for signs only. */
function shownIn(part: Part, how: Arranging): Part[] {
  if (part.form === "stack") return [];
  if (how.detail !== "cells") return part.inside;
  return part.inside.filter((each) => each.form !== "component" || how.looks(each.key) !== "");
}

function leaf(part: Part, stack: readonly Part[], how: Shaped, within?: Form): Sized {
  const size = sizes[how.detail];
  const cells = how.detail === "cells";
  // In cells, what runs in a guest is a dot in its cell; a node drawn elsewhere is a cell like any other.
  const small = ["component", "storage", "open", ...(cells ? [] : ["reference"])].includes(part.form);
  const form = small || (cells && within === "guest") ? size.small : size.leaf;
  const wide = cells && (part.form === "host" || part.form === "cluster" || part.form === "tray");
  const room = wide ? sizes.names.leaf : cells && part.form === "stack" ? { w: [44, 44] as [number, number], h: 26 } : form;
  const marks = (part.form === "stack" || part.count > 1 ? 62 : 34) + (small ? 0 : 16);
  const about = small ? 0 : size.about;
  const text = Math.max(written(part.id, size.name), about ? written(part.about, about) : 0);
  const w = Math.min(Math.max(text + marks, room.w[0]), room.w[1]);
  const cell = cells && !wide;
  return { part, w, h: room.h, inner: [], name: cell ? 4.5 : small ? size.name - 1 : size.name, about, head: room.h, stack };
}

/** About how wide a text is; what is not Latin is taken for wide. */
export function written(text: string, font: number): number {
  let units = 0;
  for (const letter of text.slice(0, 60)) units += letter > "\u2e80" ? 1 : /[A-Zmw@%]/.test(letter) ? 0.72 : 0.54;
  return units * font;
}

/** The text as far as it fits, with an ellipsis where it does not. */
export function fitting(text: string, font: number, room: number): string {
  const plain = text.slice(0, 400).replace(/\s+/g, " ").trim();
  if (written(plain, font) <= room && plain.length <= 60) return plain;
  const letters = [...plain.slice(0, 60)];
  while (letters.length > 1 && written(letters.join(""), font) + font * 0.8 > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

// -- stacks -----------------------------------------------------------------------------------------------------------

function stackedIn(parts: readonly Part[], how: Arranging): Part[] {
  if (!how.stacked) return [...parts];
  const alike = new Map<string, Part[]>();
  const likeness = new Map<Part, string>();
  for (const part of parts) {
    const like = looks(part, how);
    likeness.set(part, like);
    alike.set(like, [...(alike.get(like) ?? []), part]);
  }
  const shown: Part[] = [];
  for (const part of parts) {
    const group = alike.get(likeness.get(part) ?? "") ?? [];
    const key = `stack ${group[0]?.key}`;
    if (group.length < fewest || how.opened.has(key) || part.form === "open") shown.push(part);
    else if (group[0] === part) shown.push({ ...part, key, form: "stack", count: group.length, inside: group, to: "" });
  }
  return shown;
}

function looks(part: Part, how: Arranging): string {
  return JSON.stringify([part.type, part.form, part.about, part.count, how.looks(part.key), part.inside.map((each) => looks(each, how))]);
}

// -- packing ----------------------------------------------------------------------------------------------------------

type Placed = { x: number; y: number; child: Sized }[];

interface Packed {
  placed: Placed;
  w: number;
  h: number;
}

function groupsOf(children: Sized[]): Sized[][] {
  const shelf = (part: Part): number => shelves.findIndex((forms) => forms.includes(part.form === "stack" ? formIn(part) : part.form));
  const rows = new Map<number, Sized[]>();
  for (const child of children) rows.set(shelf(child.part), [...(rows.get(shelf(child.part)) ?? []), child]);
  return [...rows].sort(([one], [other]) => one - other).map(([, group]) => even(group));
}

function formIn(stack: Part): Form {
  return stack.inside[0]?.form ?? "stack";
}

/** Leaves of one shelf are made equally wide, so that they stand in columns. */
function even(group: Sized[]): Sized[] {
  const leaves = group.filter((each) => !each.inner.length);
  const widest = Math.max(0, ...leaves.map((each) => each.w));
  for (const each of leaves) each.w = widest;
  return group;
}

/** Shelves below each other, each flowed into the width that brings the whole nearest to the aspect. */
function packed(groups: Sized[][], aspect: number, gap: number, least = 0): Packed {
  let best: Packed | undefined;
  let bestScore = Infinity;
  for (const width of widths(groups, gap, least)) {
    const tried = flowed(groups, width, gap);
    const w = Math.max(tried.w, least);
    const score = Math.abs(Math.log(w / Math.max(tried.h, 1) / aspect)) + 1.3 * (1 - tried.area / (w * Math.max(tried.h, 1)));
    if (score < bestScore) [best, bestScore] = [{ placed: tried.placed, w, h: tried.h }, score];
  }
  return best ?? { placed: [], w: least, h: 0 };
}

function widths(groups: Sized[][], gap: number, least: number): number[] {
  const widest = Math.max(least, ...groups.flat().map((each) => each.w));
  const found = new Set<number>([widest]);
  for (const group of groups) {
    const step = Math.max(1, Math.floor(group.length / 24));
    let sum = -gap;
    group.forEach((each, index) => {
      sum += each.w + gap;
      if (sum > widest && (index % step === 0 || index === group.length - 1)) found.add(sum);
    });
  }
  return [...found];
}

function flowed(groups: Sized[][], width: number, gap: number): Packed & { area: number } {
  const placed: Placed = [];
  let [y, w, area] = [0, 0, 0];
  for (const group of groups) {
    let [x, row]: [number, number] = [0, 0];
    for (const child of group) {
      if (x > 0 && x + child.w > width + 0.01) [x, y, row] = [0, y + row + gap, 0];
      placed.push({ x, y, child });
      area += child.w * child.h;
      x += child.w + gap;
      row = Math.max(row, child.h);
      w = Math.max(w, x - gap);
    }
    y += row + gap;
  }
  return { placed, w, h: Math.max(y - gap, 0), area };
}
