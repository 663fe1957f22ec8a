// A file as the text of a design: YAML and JSON as they stand, TOML written as YAML, which is what the editor holds.
import { stringify } from "yaml";

/** Why a file, or several, cannot be opened: one sentence for whoever chose it. */
export class Unfit extends Error {}

/** The most that a service takes as a design unless it is set otherwise, in bytes, inclusive. */
const most = 4 * 1024 * 1024;

/** The design that the file holds. Raises Unfit for what is too large, no text, or TOML that cannot be read. */
export async function designIn(file: File): Promise<string> {
  if (file.size > most) throw new Unfit(`“${file.name}” is too large for a design: 4 MB is the most.`);
  const text = decoded(await bytesOf(file), file.name);
  if (!text.trim()) throw new Unfit(`“${file.name}” is empty.`);
  return /\.toml$/i.test(file.name) ? await fromToml(text, file.name) : text;
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Unfit(`“${file.name}” cannot be read. Of a folder, drop the files in it.`);
  }
}

function decoded(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // not what a text is made of
  }
  throw new Unfit(`“${name}” is no text. A design is YAML, JSON or TOML; a bill of materials is a spreadsheet.`);
}

/** A design in TOML as YAML; comments do not come along. Raises Unfit where it is no TOML. */
export async function fromToml(text: string, name: string): Promise<string> {
  const { parse, TomlDate } = await import("smol-toml");
  try {
    // Days are words in a design, as they are in YAML and JSON.
    const plain: unknown = JSON.parse(JSON.stringify(parse(text), (_, value: unknown) => (value instanceof TomlDate ? value.toISOString() : value)));
    return stringify(plain, { lineWidth: 110 });
  } catch (error) {
    const [said = ""] = (error instanceof Error ? error.message : "").split("\n");
    const at = typeof error === "object" && error !== null && "line" in error ? ` (line ${String(error.line)})` : "";
    throw new Unfit(`“${name}” is no TOML${at}: ${said.replace(/^Invalid TOML document: /, "")}.`);
  }
}
