// Changes to a design's text at a JSON path, each as small as can be: what stands around it, comments and all, stays as it
// is. Where the small change does not come out right, the document is written anew, which keeps comments but not their columns.
import { Document, isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node, parseDocument, type Range, visit, YAMLMap, YAMLSeq } from "yaml";

const quiet = { logLevel: "silent" } as const;

export type Path = readonly (string | number)[];

/** A value in YAML on one line, fit to stand anywhere, in brackets too. */
export function inline(value: unknown): string {
  const document = new Document([value]);
  visit(document, {
    Collection(_, node) {
      node.flow = true;
    },
  });
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: false, doubleQuotedMinMultiLineLength: 1e9 });
  return written.trim().replace(/^\[\s*/, "").replace(/\s*\]$/, "");
}

/** The text with `value` at `path`; what is missing on the way is made. */
export function setAt(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text, quiet);
  const made = small(text, document, path, value);
  return checked(made, text, path, value) ?? anew(text, (written) => written.setIn(keys(path), value));
}

/** The text without what stands at `path`, key and all. */
export function removeAt(text: string, path: Path): string {
  const document = parseDocument(text, quiet);
  const made = smallRemoval(text, document, path);
  const kept = made === null ? null : checkedRemoval(made, text, path);
  return kept ?? anew(text, (written) => written.deleteIn(keys(path)));
}

/** The text with `value` added at the end of the list at `path`, before the `...` that leaves it open. */
export function addTo(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text, quiet);
  const list = document.getIn(keys(path), true);
  if (!isSeq(list)) return setAt(text, path, [value]);
  const made = list.items.length ? smallAddition(text, list, value) : setAt(text, path, [value]);
  const wanted = [...(list.toJS(document) as unknown[])];
  const open = wanted.at(-1) === "...";
  wanted.splice(open ? wanted.length - 1 : wanted.length, 0, value);
  const kept = made === null ? null : checked(made, text, path, wanted);
  return kept ?? anew(text, (written) => {
    const held = written.getIn(keys(path), true) as YAMLSeq;
    held.items.splice(open ? held.items.length - 1 : held.items.length, 0, written.createNode(value));
  });
}

function keys(path: Path): (string | number)[] {
  return path.map((part) => (/^\d+$/.test(String(part)) ? Number(part) : part));
}

function anew(text: string, change: (document: Document.Parsed) => void): string {
  const document = parseDocument(text, quiet);
  try {
    change(document);
  } catch {
    return text;
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** The changed text if it says what it should at `path` and is no more broken than before. */
function checked(made: string | null, text: string, path: Path, value: unknown): string | null {
  if (made === null) return null;
  const before = parseDocument(text, quiet);
  const after = parseDocument(made, quiet);
  if (after.errors.length > before.errors.length) return null;
  const wanted = before.errors.length ? null : expected(before, path, value);
  if (wanted !== null) return same(after.toJS(), wanted) ? made : null;
  const there = after.getIn(keys(path), true);
  return same(isNode(there) ? there.toJS(after) : there, value) ? made : null;
}

function expected(document: Document.Parsed, path: Path, value: unknown): unknown {
  try {
    const clone = document.clone();
    clone.setIn(keys(path), clone.createNode(value));
    return clone.toJS();
  } catch {
    return null;
  }
}

function checkedRemoval(made: string, text: string, path: Path): string | null {
  const before = parseDocument(text, quiet);
  const after = parseDocument(made, quiet);
  if (after.errors.length > before.errors.length) return null;
  before.deleteIn(keys(path));
  return same(after.toJS(), before.toJS()) ? made : null;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function small(text: string, document: Document.Parsed, path: Path, value: unknown): string | null {
  const there = document.getIn(keys(path), true) as Node | undefined;
  if (isNode(there) && there.range) return hung(text, document, path, there.range, value) ?? replaced(text, there, there.range, value);
  const above = path.length ? (path.length === 1 ? document.contents : (document.getIn(keys(path.slice(0, -1)), true) as Node | undefined)) : undefined;
  const key = path.at(-1);
  if (above === null || above === undefined) {
    if (path.length === 1) return appended(text, String(key), value);
    return small(text, document, path.slice(0, -1), typeof key === "number" ? [value] : { [String(key)]: value });
  }
  if (isMap(above)) {
    if (path.length === 1 && !above.flow && Array.isArray(value)) return appended(text, String(key), value);
    return added(text, above, String(key), value);
  }
  if (isSeq(above)) return smallAddition(text, above, value);
  if (isScalar(above) && above.range && (above.value === null || above.value === "unknown" || above.value === "none")) {
    return replaced(text, above, above.range, { [String(key)]: value });
  }
  return null;
}

/** A key of the design itself goes to the end; a list of entities gets a line for each of their attributes. */
function appended(text: string, key: string, value: unknown): string {
  const above = text.trim() ? `${text.trimEnd()}\n\n` : "";
  if (!Array.isArray(value) || !value.some((each) => typeof each === "object" && each !== null)) return `${above}${pair(key, value)}\n`;
  return `${above}${inline(key)}:\n${value.map((each) => `  - ${block(each, "    ")}\n`).join("")}`;
}

function isRecords(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "object" && each !== null && !Array.isArray(each));
}

/** Records with a line for each of their attributes, as they hang below the key of a block. */
function below(records: readonly Record<string, unknown>[], indent: string): string {
  return records.map((each) => `\n${indent}  - ${block(each, `${indent}    `)}`).join("");
}

/** Records in place of a word or `[]` that stands beside the key of a block, or null where they do not fit there. */
function hung(text: string, document: Document.Parsed, path: Path, range: Range, value: unknown): string | null {
  if (!isRecords(value)) return null;
  const above = path.length === 1 ? document.contents : document.getIn(keys(path.slice(0, -1)), true);
  if (!isMap(above) || above.flow) return null;
  const key = above.items.find((each) => isScalar(each.key) && String(each.key.value) === String(path.at(-1)))?.key;
  if (!isScalar(key) || !key.range) return null;
  const [from, to] = range;
  const start = lineStart(text, key.range[0]);
  if (lineStart(text, from) !== start || lineStart(text, to) !== start) return null;
  const end = lineEnd(text, to);
  const indent = " ".repeat(key.range[0] - start);
  return text.slice(0, from).trimEnd() + text.slice(to, end).trimEnd() + below(value, indent) + text.slice(end);
}

function replaced(text: string, node: Node, range: Range, value: unknown): string | null {
  const [from, to] = range;
  const block = isCollection(node) && !node.flow;
  if (block) {
    // From the end of the key's line to the last line of what hangs below it.
    const start = lineStart(text, from);
    const upto = endOfContent(text, to);
    const head = text.slice(0, start).trimEnd();
    return head.endsWith(":") ? `${head} ${inline(value)}${text.slice(upto)}` : null;
  }
  const space = from > 0 && /[:\-,]/.test(text.charAt(from - 1)) ? " " : "";
  return splice(text, from, to, space + inline(value));
}

function pair(key: string, value: unknown): string {
  return `${inline(key)}: ${inline(value)}`;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** The end of the line on which the last thing before `at` stands. */
function endOfContent(text: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

function lastEnd(map: YAMLMap | YAMLSeq): number | null {
  const last = map.items.at(-1);
  const node = isPair(last) ? (last.value ?? last.key) : last;
  return isNode(node) && node.range ? node.range[1] : null;
}

function added(text: string, map: YAMLMap, key: string, value: unknown): string | null {
  if (!map.range) return null;
  const end = lastEnd(map);
  if (map.flow) {
    if (end === null) {
      const brace = text.indexOf("{", map.range[0]);
      const start = lineStart(text, brace);
      const alone = /^\s*-\s+$/.test(text.slice(start, brace)) && /^\{\s*\}$/.test(text.slice(brace, map.range[1]));
      if (alone) return splice(text, brace, map.range[1], pair(key, value));
      return splice(text, brace + 1, brace + 1, pair(key, value));
    }
    return splice(text, end, end, `, ${pair(key, value)}`);
  }
  const first = map.items[0]?.key;
  if (end === null || !isNode(first) || !first.range) return null;
  const indent = " ".repeat(first.range[0] - lineStart(text, first.range[0]));
  const at = lineEnd(text, endOfContent(text, end));
  return splice(text, at, at, `\n${indent}${isRecords(value) ? `${inline(key)}:${below(value, indent)}` : pair(key, value)}`);
}

function isOpenMark(item: unknown): boolean {
  return isScalar(item) && item.value === "...";
}

function smallAddition(text: string, list: YAMLSeq, value: unknown): string | null {
  if (!list.range) return null;
  const open = isOpenMark(list.items.at(-1));
  const before = open ? list.items.at(-2) : list.items.at(-1);
  const range = isNode(before) ? before.range : null;
  if (list.flow) {
    if (range) return splice(text, range[1], range[1], `, ${inline(value)}`);
    const bracket = text.indexOf("[", list.range[0]) + 1;
    return splice(text, bracket, bracket, inline(value) + (open ? ", " : ""));
  }
  if (!range) {
    const mark = open ? list.items.at(-1) : undefined;
    if (!isNode(mark) || !mark.range) return null;
    const start = lineStart(text, mark.range[0]);
    const indent = /^\s*(?=-\s)/.exec(text.slice(start, mark.range[0]))?.[0];
    return indent === undefined ? null : splice(text, start, start, `${indent}- ${block(value, `${indent}  `)}\n`);
  }
  const dash = text.lastIndexOf("-", range[0]);
  const indent = " ".repeat(dash - lineStart(text, dash));
  const at = lineEnd(text, endOfContent(text, range[1]));
  return splice(text, at, at, `\n${indent}- ${block(value, `${indent}  `)}`);
}

/** A map with a line for each key, below a dash; everything else on one line. */
function block(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return inline(value);
  return Object.entries(value).map(([key, held]) => pair(key, held)).join(`\n${indent}`) || "{}";
}

function smallRemoval(text: string, document: Document.Parsed, path: Path): string | null {
  const above = path.length === 1 ? document.contents : (document.getIn(keys(path.slice(0, -1)), true) as Node | undefined);
  if (!isMap(above) && !isSeq(above)) return null;
  const index = isMap(above)
    ? above.items.findIndex((each) => isScalar(each.key) && String(each.key.value) === String(path.at(-1)))
    : Number(path.at(-1));
  const item = above.items[index];
  if (item === undefined) return text;
  const [from, to] = extent(item) ?? [null, null];
  if (from === null || to === null) return null;
  if (above.flow) {
    const next = above.items[index + 1];
    const previous = above.items[index - 1];
    if (next) return splice(text, from, extent(next)?.[0] ?? to, "");
    if (previous) return splice(text, extent(previous)?.[1] ?? from, to, "");
    return splice(text, from, to, "");
  }
  if (above.items.length === 1) return emptied(text, above);
  const start = lineStart(text, from);
  const head = text.slice(start, from);
  if (!(isSeq(above) ? /^\s*-\s*$/ : /^\s*$/).test(head)) return null;
  return splice(text, start, Math.min(text.length, lineEnd(text, endOfContent(text, to)) + 1), "");
}

/** A list or map in a block without the last thing in it, or null where a comment would go with it. */
function emptied(text: string, of: YAMLMap | YAMLSeq): string | null {
  if (!of.range) return null;
  const [from, to] = of.range;
  if (text.slice(from, endOfContent(text, to)).includes("#")) return null;
  const empty = isMap(of) ? {} : [];
  return /^\s*-\s+$/.test(text.slice(lineStart(text, from), from)) ? splice(text, from, endOfContent(text, to), inline(empty)) : replaced(text, of, of.range, empty);
}

function extent(item: unknown): [number, number] | null {
  const first = isPair(item) ? item.key : item;
  const last = isPair(item) ? (item.value ?? item.key) : item;
  if (!isNode(first) || !isNode(last) || !first.range || !last.range) return null;
  return [first.range[0], Math.max(last.range[1], first.range[1])];
}
