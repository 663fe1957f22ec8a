// Where in a design the cursor stands: which path, and whether a key or a value is being written there.
import { isMap, isNode, isPair, isScalar, isSeq, parseDocument, type Node } from "yaml";

export type Path = (string | number)[];

export interface Context {
  /** "key": `path` is the map's. "value": `path` is that of the value or list member. */
  writing: "key" | "value";
  path: Path;
  /** Where the word being written begins. */
  from: number;
  word: string;
  /** The keys that the map has already, or the members of the list. */
  there: string[];
}

const mark = "zzmarkzz";

export function contextAt(text: string, at: number): Context | null {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  if (/(^|\s)#/.test(line)) return null;
  const rest = /^[^\s,{}[\]#:]*/.exec(text.slice(at))?.[0].length ?? 0;
  const value = /(?:^|[\s{,])[\w$-]+:\s+([^,{}[\]#]*)$/.exec(line);
  if (value) {
    const word = value[1] ?? "";
    return valueAt(text, at - word.length, at, word);
  }
  const word = /[^\s,{}[\]#:]*$/.exec(line)?.[0] ?? "";
  const from = at - word.length;
  const found = find(`${text.slice(0, from)}${mark}: ${mark}${text.slice(at + rest)}`);
  if (found?.kind === "key") return { writing: "key", path: found.path, from, word, there: found.there };
  const listed = /(?:[[,]|^\s*-)\s+?([^,{}[\]#:]*)$|[[,]([^,{}[\]#:]*)$/.exec(line);
  const member = listed?.[1] ?? listed?.[2] ?? word;
  return valueAt(text, at - member.length, at, member);
}

/** A list's member being written, told from a key by what the list may hold. */
export function memberAt(text: string, context: Context, at: number): Context | null {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const listed = /(?:[[,]|-)\s*([^,{}[\]#:]*)$/.exec(line);
  const word = listed?.[1] ?? context.word;
  return valueAt(text, at - word.length, at, word);
}

function valueAt(text: string, from: number, at: number, word: string): Context | null {
  const rest = /^[^\n,{}[\]#:]*/.exec(text.slice(at))?.[0] ?? "";
  const found = find(`${text.slice(0, from)}${mark}${text.slice(at + (rest.trim() ? rest.trimEnd().length : 0))}`);
  if (!found) return null;
  return found.kind === "key"
    ? { writing: "key", path: found.path, from, word, there: found.there }
    : { writing: "value", path: found.path, from, word, there: found.there };
}

interface Found {
  kind: "key" | "value";
  path: Path;
  there: string[];
}

function find(text: string): Found | null {
  const walk = (node: unknown, path: Path): Found | null => {
    if (isMap(node)) {
      const there = () => node.items.map((each) => String(isScalar(each.key) ? each.key.value : "")).filter((key) => key !== mark);
      for (const item of node.items) {
        if (isScalar(item.key) && item.key.value === mark) return { kind: "key", path, there: there() };
        const key = isScalar(item.key) ? String(item.key.value) : "";
        const found = walk(item.value, [...path, key]);
        if (found) return found;
      }
    } else if (isSeq(node)) {
      const there = node.items.map((each) => (isScalar(each) ? String(each.value) : "")).filter((each) => each && each !== mark);
      for (const [index, item] of node.items.entries()) {
        const found = walk(isPair(item) ? item.value : item, [...path, index]);
        if (found) return found.kind === "value" && found.path.length === path.length + 1 ? { ...found, there } : found;
      }
    } else if (isScalar(node) && String(node.value).includes(mark)) {
      return { kind: "value", path, there: [] };
    }
    return null;
  };
  return walk(parseDocument(text, { strict: false, logLevel: "silent" }).contents, []);
}

/** The innermost node at a place of the text, with its path; for a key, the path of its value. */
export function nodeAt(root: unknown, at: number): { path: Path; from: number; to: number } | null {
  const within = (node: Node | null | undefined) => isNode(node) && node.range && node.range[0] <= at && at <= node.range[1];
  const walk = (node: unknown, path: Path): { path: Path; from: number; to: number } | null => {
    if (isMap(node)) {
      for (const item of node.items) {
        if (!isScalar(item.key) || !item.key.range) continue;
        const below = [...path, String(item.key.value)];
        if (within(item.key)) return { path: below, from: item.key.range[0], to: item.key.range[1] };
        const found = within(item.value as Node) ? walk(item.value, below) : null;
        if (found) return found;
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const found = within(item as Node) ? walk(item, [...path, index]) : null;
        if (found) return found;
      }
    } else if (isScalar(node) && node.range) {
      return { path, from: node.range[0], to: node.range[1] };
    }
    return null;
  };
  return walk(root, []);
}
