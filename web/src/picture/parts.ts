// A design as things inside things: guests in hosts, hosts in clusters, workloads in what runs them. Every entity of the
// design is drawn once; where it belongs to a second container too, a reference stands for it there.
//
// Containment is what the vocabulary calls `rests_on` and `part`: machine.host, machine.host_cluster, cluster.nodes,
// workload.machine, workload.cluster, machine.components. Sections that know none of these are drawn in a tray.

export type Form =
  | "cluster" | "host" | "guest" | "machine" | "workload" | "storage" | "component" | "other"
  | "reference" | "tray" | "open" | "stack";

export interface Part {
  /** The subject's name, "machine/host1"; for what is no subject, something that no subject is called. */
  key: string;
  type: string;
  form: Form;
  id: string;
  /** What kind of thing it is, in few words: its operating system, product, kind or model. */
  about: string;
  /** Where it stands in the design; "" for what stands nowhere. */
  pointer: string;
  /** How many alike the design says it is. */
  count: number;
  inside: Part[];
  /** For a reference: the key of what it stands for. */
  to: string;
}

/** Something that rests on something drawn elsewhere. */
export interface Link {
  from: string;
  to: string;
  why: string;
  /** Whose link it is, where that is not what it begins at: the cluster that a node drawn elsewhere belongs to. */
  within?: string;
}

export interface Drawn {
  top: Part[];
  links: Link[];
  /** By key, references left out. */
  parts: Map<string, Part>;
}

type Entry = Record<string, unknown>;

interface Entity {
  part: Part;
  given: Entry;
}

/** More than this many characters of a text are never looked at. */
const longest = 300;

export function drawnFrom(design: Record<string, unknown>): Drawn {
  const found = new Map<string, Entity>();
  const sections = new Map<string, Entity[]>();
  const open: Part[] = [];
  for (const [section, list] of Object.entries(design)) {
    if (!Array.isArray(list)) continue;
    const type = singular(section);
    const entities: Entity[] = [];
    list.forEach((given: unknown, index) => {
      if (given === "..." && index === list.length - 1) open.push(opened(section, type));
      if (!isEntry(given)) return;
      const entity = entityOf(type, given, `/${escaped(section)}/${index}`, found);
      found.set(entity.part.key, entity);
      entities.push(entity);
    });
    sections.set(type, entities);
  }
  const drawn = new Placing(found, sections).drawn();
  if (open.length) drawn.top.push(...open);
  return drawn;
}

/** Puts each entity in its one container. */
class Placing {
  private readonly links: Link[] = [];
  private readonly placed = new Map<string, Part>();

  constructor(
    private readonly found: Map<string, Entity>,
    private readonly sections: Map<string, Entity[]>,
  ) {}

  drawn(): Drawn {
    this.machinesIn();
    this.nodesIn();
    this.workloadsIn();
    this.componentsIn();
    const parts = new Map([...this.found].map(([key, { part }]) => [key, part]));
    const loose = [...parts.values()].filter((part) => !this.placed.has(part.key));
    const order: Form[] = ["cluster", "host", "machine", "guest", "workload"];
    const top = order.flatMap((form) => loose.filter((part) => part.form === form));
    const links = this.links.filter((link) => parts.has(link.within ?? link.from) && parts.has(link.to));
    return { top: [...top, ...trays(loose.filter((part) => !order.includes(part.form)))], links, parts };
  }

  private of(type: string): Entity[] {
    return this.sections.get(type) ?? [];
  }

  private at(type: string, id: unknown): Part | undefined {
    return typeof id === "string" || typeof id === "number" ? this.found.get(`${type}/${id}`)?.part : undefined;
  }

  private put(part: Part, into: Part): boolean {
    if (this.placed.has(part.key) || part === into) return false;
    for (let above: Part | undefined = into; above; above = this.placed.get(above.key)) if (above === part) return false;
    into.inside.push(part);
    this.placed.set(part.key, into);
    return true;
  }

  private machinesIn(): void {
    for (const { part, given } of this.of("machine")) {
      const host = this.at("machine", given.host);
      if (host && this.put(part, host)) host.form = host.form === "machine" ? "host" : host.form;
    }
  }

  private nodesIn(): void {
    for (const { part: cluster, given } of this.of("cluster")) {
      const nodes = list(given.nodes);
      for (const id of nodes) {
        const node = this.at("machine", id);
        if (!node) continue;
        if (!this.put(node, cluster)) {
          const standing = reference(cluster, node);
          cluster.inside.push(standing);
          this.links.push({ from: standing.key, to: node.key, within: cluster.key, why: "node" });
        }
      }
      if (nodes.includes("...")) cluster.inside.push(opened(`${cluster.id} nodes`, "node"));
    }
    for (const { part, given } of this.of("machine")) {
      const cluster = this.at("cluster", given.host_cluster);
      if (!cluster) continue;
      const within = this.placed.get(part.key);
      const above = within && this.placed.get(within.key);
      if (above !== cluster && within !== cluster && !this.put(part, cluster)) {
        this.links.push({ from: part.key, to: cluster.key, why: "host cluster" });
      }
    }
  }

  private workloadsIn(): void {
    for (const { part, given } of this.of("workload")) {
      const machine = this.at("machine", given.machine);
      const cluster = this.at("cluster", given.cluster);
      const home = machine ?? cluster;
      if (home) this.put(part, home);
      if (cluster && home !== cluster) this.links.push({ from: part.key, to: cluster.key, why: "cluster" });
      const database = this.at("workload", given.database);
      if (database) this.links.push({ from: part.key, to: database.key, why: "database" });
      const balanced = this.at("cluster", given.load_balancing);
      if (balanced) this.links.push({ from: part.key, to: balanced.key, why: "load balancing" });
    }
    for (const { part, given } of this.of("migration")) {
      const vm = this.at("machine", given.vm);
      if (vm) this.links.push({ from: part.key, to: vm.key, why: "migration" });
    }
    for (const { part, given } of this.of("change")) {
      const cluster = this.at("cluster", given.cluster);
      if (cluster) this.put(part, cluster);
    }
  }

  /** A component is drawn in the machine that has it; one that several have, in the cluster they are all nodes of. */
  private componentsIn(): void {
    const owners = new Map<Part, Part[]>();
    for (const { part: machine, given } of this.of("machine")) {
      for (const id of list(given.components)) {
        const component = this.at("component", id);
        if (component) owners.set(component, [...(owners.get(component) ?? []), machine]);
      }
    }
    for (const [component, machines] of owners) {
      const [first] = machines;
      if (!first) continue;
      const homes = new Set(machines.map((machine) => this.placed.get(machine.key)));
      const [home] = homes;
      if (machines.length === 1) this.put(component, first);
      else if (homes.size === 1 && home) this.put(component, home);
      if (machines.length > 1) {
        for (const machine of machines) this.links.push({ from: machine.key, to: component.key, why: "component" });
      }
    }
  }
}

function entityOf(type: string, given: Entry, pointer: string, found: Map<string, Entity>): Entity {
  const id = String(given.id ?? "?");
  let key = `${type}/${id}`;
  for (let again = 2; found.has(key); again += 1) key = `${type}/${id} (${again})`;
  const count = typeof given.count === "number" && given.count > 1 ? Math.floor(given.count) : 1;
  const part: Part = { key, type, form: formOf(type, given), id, about: aboutOf(type, given), pointer, count, inside: [], to: "" };
  return { part, given };
}

function formOf(type: string, given: Entry): Form {
  if (type === "cluster" || type === "workload") return type;
  if (type === "machine") return given.kind === "virtual" ? "guest" : "machine";
  if (type === "component") return given.kind === "storage" ? "storage" : "component";
  return "other";
}

function aboutOf(type: string, given: Entry): string {
  if (type === "machine") return named(given.os) || said(given.model) || said(given.kind);
  if (type === "workload") return [named(given.product), said(given.role)].filter(Boolean).join(", ");
  if (type === "cluster") return [said(given.kind), said(given.listed_solution)].filter(Boolean).join(", ");
  if (type === "component") return [said(given.vendor), said(given.model)].filter(Boolean).join(" ") || said(given.kind);
  return Object.entries(given)
    .filter(([key, value]) => key !== "id" && key !== "count" && (typeof value === "string" || typeof value === "number"))
    .map(([, value]) => said(value))
    .slice(0, 3)
    .join(" ");
}

/** A product as text: as it was given, or name, release, edition and service pack. */
function named(product: unknown): string {
  if (!isEntry(product)) return said(product);
  return ["name", "release", "edition", "service_pack", "update"].map((key) => said(product[key])).filter(Boolean).join(" ");
}

function said(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, longest) : "";
}

function reference(within: Part, to: Part): Part {
  return { ...to, key: `${within.key} > ${to.key}`, form: "reference", inside: [], to: to.key };
}

function opened(of: string, type: string): Part {
  return {
    key: `... ${of}`, type, form: "open", id: "…", about: "there may be more", pointer: "", count: 1, inside: [], to: "",
  };
}

function trays(loose: Part[]): Part[] {
  const byType = new Map<string, Part[]>();
  for (const part of loose) byType.set(part.type, [...(byType.get(part.type) ?? []), part]);
  return [...byType].map(([type, inside]) => ({
    key: `tray ${type}`, type, form: "tray" as const, id: type === "component" ? "shared or unused parts" : `${type.replaceAll("_", " ")}s`,
    about: "", pointer: "", count: 1, inside, to: "",
  }));
}

function singular(section: string): string {
  return section.endsWith("s") ? section.slice(0, -1) : section;
}

function escaped(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
