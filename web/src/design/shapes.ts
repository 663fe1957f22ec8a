// What a design may hold, as the editor and the form need it: read from the JSON Schema of designs, and from the vocabulary
// where that says more (what a reference refers to, what products are called).
import { signal } from "@preact/signals";
import { get } from "../api";

/** What may stand in one place. `of` of a reference is an entity type, "" where it is not known. */
export type Field =
  | { kind: "flag" }
  | { kind: "choice"; values: string[] }
  | { kind: "number"; whole: boolean; least?: number; most?: number }
  | { kind: "date" }
  | { kind: "text" }
  | { kind: "product"; products: string[] }
  | { kind: "reference"; of: string }
  | { kind: "list"; of: Field }
  | { kind: "record"; shape: Shape };

export interface Attribute {
  name: string;
  title: string;
  /** Its question in plain words, and how it is read when it is left out. */
  ask: string;
  field: Field;
  unit: string;
  /** Whether `none` may be said of it. */
  optional: boolean;
}

/** A type of entity or record. */
export interface Shape {
  name: string;
  title: string;
  attributes: Attribute[];
}

/** A list of entities at the top of a design. */
export interface Section {
  name: string;
  title: string;
  ask: string;
  shape: Shape;
}

export interface Product {
  name: string;
  title: string;
  releases: string[];
  editions: string[];
  /** How a release or edition is written, where the vocabulary says. */
  words: ReadonlyMap<string, string>;
}

export interface Shapes {
  sections: Section[];
  /** The design's own attributes, beside its sections. */
  own: Attribute[];
  products: Map<string, Product>;
}

interface Node {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  $defs?: Record<string, Node>;
}

const reserved = new Set<unknown>(["none", "unknown", null, "..."]);

export function readShapes(schema: Node, vocabulary: Vocabulary | null): Shapes {
  const told = toldBy(vocabulary);
  const defs = schema.$defs ?? {};
  const shapes = new Map<string, Shape>();

  function shape(name: string): Shape {
    const known = shapes.get(name);
    if (known) return known;
    const node = defs[name] ?? {};
    const made: Shape = { name, title: node.title ?? name, attributes: [] };
    shapes.set(name, made);
    made.attributes = Object.entries(node.properties ?? {}).map(([key, each]) => attribute(name, key, each));
    return made;
  }

  function attribute(owner: string, name: string, node: Node): Attribute {
    const record = owner.startsWith("record.") ? owner.slice(7) : owner;
    const key = `${record}.${name}`;
    return {
      name,
      title: node.title ?? (name === "id" ? "Name" : name === "count" ? "How many alike" : name.replaceAll("_", " ")),
      ask: node.description ?? "",
      field: name === "id" ? { kind: "text" } : field(node, told.of.get(key) ?? ""),
      unit: told.unit.get(key) ?? "",
      optional: JSON.stringify(node).includes('"none"'),
    };
  }

  function field(node: Node, target: string): Field {
    if (node.$ref) {
      const name = node.$ref.slice(node.$ref.lastIndexOf("/") + 1);
      if (name === "id") return { kind: "reference", of: target };
      if (name.startsWith("product.")) return { kind: "product", products: [name.slice(8)] };
      return { kind: "record", shape: shape(name) };
    }
    if (node.anyOf) {
      const products = node.anyOf.flatMap((each) => (each.$ref?.includes("product.") ? [each.$ref.slice(each.$ref.indexOf("product.") + 8)] : []));
      if (products.length) return { kind: "product", products };
      const said = node.anyOf.find((each) => each.const !== "..." && !(each.enum?.every((value) => reserved.has(value)) ?? false));
      return said ? field(said, target) : { kind: "text" };
    }
    if (node.enum) {
      const values = node.enum.filter((value) => !reserved.has(value));
      if (values.every((value) => typeof value === "boolean")) return { kind: "flag" };
      return { kind: "choice", values: [...new Set(values.map(String))] };
    }
    if (node.type === "array") return { kind: "list", of: field(node.items ?? {}, target) };
    const types = [node.type ?? []].flat();
    if (types.includes("string")) return node.pattern?.startsWith("^[0-9]{4}-") ? { kind: "date" } : { kind: "text" };
    if (types.includes("integer") || types.includes("number")) {
      const made: Field = { kind: "number", whole: types.includes("integer") };
      if (node.minimum !== undefined) made.least = node.minimum;
      if (node.maximum !== undefined) made.most = node.maximum;
      return made;
    }
    return { kind: "text" };
  }

  const wordsOf = (product: string) =>
    new Map([...told.words].filter(([key]) => key.startsWith(`${product}/`)).map(([key, word]) => [key.slice(product.length + 1), word]));

  const sections: Section[] = [];
  const own: Attribute[] = [];
  for (const [name, node] of Object.entries(schema.properties ?? {})) {
    if (name === "$schema") continue;
    const list = node.anyOf?.find((each) => each.type === "array");
    const entity = list?.items?.anyOf?.find((each) => each.$ref)?.$ref;
    if (entity) {
      const of = shape(entity.slice(entity.lastIndexOf("/") + 1));
      sections.push({ name, title: node.title ?? name, ask: node.description ?? "", shape: of });
    } else {
      own.push(attribute("design", name, node));
    }
  }
  const products = new Map<string, Product>();
  for (const [key, node] of Object.entries(defs)) {
    if (!key.startsWith("product.")) continue;
    const name = key.slice(8);
    const listed = (of: string) => (node.properties?.[of]?.enum ?? []).filter((value) => typeof value === "string" && !reserved.has(value)) as string[];
    products.set(name, { name, title: node.title ?? name, releases: listed("release"), editions: listed("edition"), words: wordsOf(name) });
  }
  return { sections, own, products };
}

/** null until they were fetched. */
export const shapes = signal<Shapes | null>(null);

let begun: Promise<void> | undefined;

/** Fetches them, once. */
export function fetchShapes(): Promise<void> {
  begun ??= (async () => {
    const [schema, vocabulary] = await Promise.all([
      get<Node>("v1/schema/design"),
      get<Vocabulary>("v1/vocabulary").catch(() => null),
    ]);
    shapes.value = readShapes(schema, vocabulary);
  })().catch(() => {
    begun = undefined;
  });
  return begun;
}

/** What of the service's vocabulary the page reads. */
interface Vocabulary {
  entities?: { name: string; attributes: { name: string; type: VocabularyType }[] }[];
  products?: { name: string; releases: Written[]; editions: Written[] }[];
}

interface VocabularyType {
  kind: string;
  of?: string;
  unit?: string;
  member?: VocabularyType | null;
}

interface Written {
  name: string;
  title: string;
}

/** What the schema does not say: for `owner.attribute`, the entity type that is referred to and the unit; words for releases. */
interface Told {
  of: Map<string, string>;
  unit: Map<string, string>;
  words: Map<string, string>;
}

function toldBy(vocabulary: Vocabulary | null): Told {
  const told: Told = { of: new Map(), unit: new Map(), words: new Map() };
  for (const entity of vocabulary?.entities ?? []) {
    for (const { name, type } of entity.attributes) {
      const inner = type.kind === "list" && type.member ? type.member : type;
      if (inner.kind === "ref" && inner.of) told.of.set(`${entity.name}.${name}`, inner.of);
      if (inner.unit) told.unit.set(`${entity.name}.${name}`, inner.unit);
    }
  }
  for (const product of vocabulary?.products ?? []) {
    for (const each of [...product.releases, ...product.editions]) told.words.set(`${product.name}/${each.name}`, each.title);
  }
  return told;
}

/** What may stand at a path of a design, or null. A map (the design, an entity, a record) is a shape; the rest are fields. */
export function placeAt(of: Shapes, path: readonly (string | number)[]): { shape?: Shape; attribute?: Attribute; field?: Field } | null {
  if (path.length === 0) return { shape: { name: "design", title: "Design", attributes: top(of) } };
  let here: { shape?: Shape; attribute?: Attribute; field?: Field } | null = null;
  let attributes: Attribute[] = top(of);
  for (const part of path) {
    if (here?.field?.kind === "list" && /^\d+$/.test(String(part))) {
      const inner: Field = here.field.of;
      here = inner.kind === "record" ? { shape: inner.shape, field: inner } : { ...(here.attribute ? { attribute: here.attribute } : {}), field: inner };
      attributes = inner.kind === "record" ? inner.shape.attributes : [];
      continue;
    }
    const found = attributes.find((each) => each.name === String(part));
    if (!found) return null;
    here = { attribute: found, field: found.field };
    attributes = [];
    if (found.field.kind === "record") {
      here.shape = found.field.shape;
      attributes = found.field.shape.attributes;
    }
    if (found.field.kind === "product") attributes = productParts(of, found.field.products);
    if (found.field.kind === "product") here.shape = { name: "product", title: "Product", attributes };
  }
  return here;
}

/** The design's keys as attributes: its sections as lists of records. */
export function top(of: Shapes): Attribute[] {
  return [
    ...of.own,
    ...of.sections.map((each): Attribute => ({
      name: each.name,
      title: each.title,
      ask: each.ask,
      unit: "",
      field: { kind: "list", of: { kind: "record", shape: each.shape } },
      optional: true,
    })),
  ];
}

function productParts(of: Shapes, names: readonly string[]): Attribute[] {
  const all = names.map((name) => of.products.get(name)).filter((each) => each !== undefined);
  const part = (name: string, title: string, field: Field): Attribute => ({ name, title, ask: "", unit: "", field, optional: false });
  return [
    part("name", "Product", { kind: "choice", values: names.slice() }),
    part("release", "Release", { kind: "choice", values: [...new Set(all.flatMap((each) => each.releases))] }),
    part("edition", "Edition", { kind: "choice", values: [...new Set(all.flatMap((each) => each.editions))] }),
    part("service_pack", "Service pack", { kind: "number", whole: true, least: 1 }),
    part("update", "Update", { kind: "number", whole: true, least: 1 }),
    part("architecture", "Architecture", { kind: "choice", values: ["x86", "x64", "itanium"] }),
  ];
}

/** The names by which products may be written, newest release first: “Windows Server 2008 R2”, and with each edition. */
export function productNames(of: Shapes, names: readonly string[], editions: boolean): string[] {
  return names.flatMap((name) => {
    const product = of.products.get(name);
    if (!product) return [];
    const written = (part: string) => product.words.get(part) || spelt(part);
    const releases = product.releases.length ? product.releases.toReversed() : [""];
    return releases.flatMap((release) => {
      const word = release ? written(release) : "";
      const base = word.startsWith(product.title) ? word : `${product.title} ${word}`.trim();
      return editions ? [base, ...product.editions.map((each) => `${base} ${written(each)}`)] : [base];
    });
  });
}

function spelt(part: string): string {
  return part.split("-").map((each) => (/^(r|sp)\d/.test(each) ? each.toUpperCase() : each.charAt(0).toUpperCase() + each.slice(1))).join(" ");
}
