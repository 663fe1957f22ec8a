// A design's text read as YAML: the document keeps comments and where everything stands, the value is plain data.
import { type Document, isNode, LineCounter, parseDocument } from "yaml";

export interface Fault {
  message: string;
  line: number;
  column: number;
}

export interface Reading {
  text: string;
  document: Document.Parsed;
  lines: LineCounter;
  /** The design as plain data; `{}` if the text is no map. Scalars are as YAML reads them: the vocabulary types them later. */
  value: Record<string, unknown>;
  faults: Fault[];
}

export function read(text: string): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const faults = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { message: error.message, line, column: col };
  });
  return { text, document, lines, value: plain(document), faults };
}

function plain(document: Document.Parsed): Record<string, unknown> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // aliases are refused by the service too, with a better message
  }
  return {};
}

/** The parts of a JSON Pointer, unescaped. */
export function parts(pointer: string): string[] {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A JSON Pointer of its parts. */
export function pointer(of: readonly (string | number)[]): string {
  return of.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value at a JSON Pointer in plain data; `undefined` where there is none. */
export function at(value: unknown, where: string): unknown {
  let here = value;
  for (const part of parts(where)) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Array.isArray(here) ? here[Number(part)] : (here as Record<string, unknown>)[part];
  }
  return here;
}

/** Where a JSON Pointer stands in the text, or where the nearest thing around it does. */
export function placing(reading: Reading): (where: string) => { line: number; column: number } | null {
  return (where) => {
    const path = parts(where).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    for (; path.length; path.pop()) {
      const node = reading.document.getIn(path, true);
      if (isNode(node) && node.range) {
        const { line, col } = reading.lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return null;
  };
}
