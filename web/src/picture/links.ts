// Lines between what rests on something drawn elsewhere and that.
import type { Arranged, Box } from "./layout";
import type { Link } from "./parts";

export interface Line {
  path: string;
  why: string;
  /** Whether it touches what is chosen or focused. */
  strong: boolean;
}

/** What is seen without looking for it: which database belongs to what. The rest would cross the whole picture. */
const plain = new Set(["database", "load balancing", "migration"]);

/** The links that are to be seen: those of what is chosen, and a few that nothing else shows. */
export function lines(links: readonly Link[], arranged: Arranged, about: ReadonlySet<string>): Line[] {
  const found = new Map<string, Line>();
  const few = links.length <= 24;
  for (const { from, to, why, within } of links) {
    const [start, end] = [shown(from, arranged), shown(to, arranged)];
    if (!start || !end || start === end) continue;
    const strong = about.has(start.part.key) || about.has(end.part.key) || about.has(within ?? "");
    if (!strong && !(few && plain.has(why))) continue;
    found.set(`${start.part.key} ${end.part.key}`, { path: between(start, end), why, strong });
  }
  return [...found.values()];
}

function shown(key: string, arranged: Arranged): Box | undefined {
  return arranged.byKey.get(arranged.shownBy.get(key) ?? key);
}

/** A curve from the border of one box to that of another. */
function between(from: Box, to: Box): string {
  const [a, b] = [centre(from), centre(to)];
  const [start, end] = [border(from, b), border(to, a)];
  const bend = Math.abs(end.y - start.y) > Math.abs(end.x - start.x);
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const [one, two] = bend ? [{ x: start.x, y: middle.y }, { x: end.x, y: middle.y }] : [{ x: middle.x, y: start.y }, { x: middle.x, y: end.y }];
  return `M${start.x} ${start.y}C${one.x} ${one.y} ${two.x} ${two.y} ${end.x} ${end.y}`;
}

function centre(box: Box): { x: number; y: number } {
  return { x: box.x + box.w / 2, y: box.y + (box.container ? Math.min(box.head, box.h) : box.h) / 2 };
}

function border(box: Box, towards: { x: number; y: number }): { x: number; y: number } {
  const from = centre(box);
  const [dx, dy] = [towards.x - from.x, towards.y - from.y];
  const [half, tall] = [box.w / 2, (box.container ? Math.min(box.head, box.h) : box.h) / 2];
  const scale = Math.min(half / Math.max(Math.abs(dx), 0.01), tall / Math.max(Math.abs(dy), 0.01), 1);
  return { x: from.x + dx * scale, y: from.y + dy * scale };
}
