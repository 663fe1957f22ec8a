// Several files that are one design, joined as the command line joins them: sections hold the entries of all files in their
// order and are open if they are in any; all else may be said twice if it is said alike. Comments come along.
import { type Document, isMap, isScalar, isSeq, parseDocument, type Pair, Scalar, type YAMLMap } from "yaml";
import { Unfit } from "./reading";

export interface Part {
  name: string;
  text: string;
}

/** The text of the one design. Raises Unfit where a part is no map in YAML, or two say different things. */
export function joined(parts: readonly Part[], sections: ReadonlySet<string>): string {
  const read = parts.map((part) => ({ name: part.name, document: mapIn(part) }));
  const [first, ...others] = read;
  if (!first) return "";
  const into = first.document;
  const root = into.contents as YAMLMap;
  root.flow = false;
  for (const { name, document } of others) {
    const from = document.contents as YAMLMap;
    const [top] = from.items;
    if (top && document.commentBefore) remark(top, document.commentBefore);
    for (const pair of from.items) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      if (sections.has(key)) addSection(into, key, pair);
      else if (!into.has(key)) root.items.push(pair as (typeof root.items)[number]);
      else if (JSON.stringify(plain(into, key)) !== JSON.stringify(plain(document, key))) {
        throw new Unfit(`These are not one design: “${name}” says otherwise what “${key}” is than a file before it.`);
      }
    }
  }
  try {
    return into.toString({ lineWidth: 0, flowCollectionPadding: false });
  } catch {
    throw new Unfit("These cannot be joined: a design has no anchors and aliases.");
  }
}

function mapIn({ name, text }: Part): Document.Parsed {
  const document = parseDocument(text, { logLevel: "silent" });
  const [fault] = document.errors;
  if (fault) throw new Unfit(`“${name}” cannot be joined with the others: ${fault.message.split("\n")[0]?.replace(/:$/, "")}.`);
  if (!isMap(document.contents)) throw new Unfit(`“${name}” is no part of a design: it is no map of sections.`);
  return document;
}

function plain(of: Document.Parsed, key: string): unknown {
  return (of.toJS() as Record<string, unknown>)[key];
}

function remark(pair: Pair, comment: string): void {
  if (isScalar(pair.key)) pair.key.commentBefore = [comment, pair.key.commentBefore].filter(Boolean).join("\n");
}

function isOpen(item: unknown): boolean {
  return isScalar(item) && item.value === "...";
}

/** Adds what `pair` says of a section to what `into` says of it. What is neither a list nor a reserved word is left to be
 * refused by the service. */
function addSection(into: Document.Parsed, key: string, pair: Pair): void {
  const root = into.contents as YAMLMap;
  const there = root.items.find((each) => isScalar(each.key) && each.key.value === key);
  const said = (of: Pair) => (isScalar(of.value) ? of.value.value : undefined);
  if (!there) {
    root.items.push(pair as (typeof root.items)[number]);
    return;
  }
  const [held, more] = [there.value, pair.value];
  if (isSeq(held) && isSeq(more)) {
    const open = isOpen(held.items.at(-1)) || isOpen(more.items.at(-1));
    const [next] = more.items;
    if (isScalar(pair.key) && pair.key.commentBefore && isMap(next)) next.commentBefore = pair.key.commentBefore;
    held.items = [...held.items, ...more.items].filter((each) => !isOpen(each));
    if (open) held.items.push(new Scalar("..."));
    held.flow = false;
  } else if (isSeq(more)) {
    if (said(there) === "unknown" && !isOpen(more.items.at(-1))) more.items.push(new Scalar("..."));
    there.value = more as typeof there.value;
  } else if (isSeq(held) && said(pair) === "unknown" && !isOpen(held.items.at(-1))) {
    held.items.push(new Scalar("..."));
  }
}
