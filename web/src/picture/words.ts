// The picture in words, for those who hear it and for the tips that appear under a pointer.
import { word } from "../parts/status";
import type { Box } from "./layout";
import { restsOnWorse } from "./marks";
import type { Form, Part } from "./parts";
import { marksIn } from "./state";

const forms: Partial<Record<Form, string>> = {
  cluster: "cluster", host: "host", guest: "virtual machine", machine: "machine", workload: "workload", storage: "storage",
  component: "part",
};

export function formWord(part: Part): string {
  return forms[part.form] ?? part.type.replaceAll("_", " ");
}

/** One sentence or two that say what a box shows. */
export function told(box: Box): string {
  const { part } = box;
  const id = part.id.slice(0, 120);
  const about = part.about.slice(0, 120);
  if (part.form === "open") return `${part.type}: there may be more than the design gives`;
  if (part.form === "tray") return id;
  const parts = [part.form === "stack" ? `${part.count} alike: ${id} and others` : `${kind(part)} ${id}`];
  if (about) parts.push(about);
  if (part.form !== "stack" && part.count > 1) parts.push(`${part.count} of them`);
  const [mark] = marksIn(box);
  if (mark?.subject) parts.push(word(mark.subject.status));
  const worse = restsOnWorse(mark?.subject);
  if (worse) parts.push(`rests on something ${word(worse)}`);
  const offences = marksIn(box).flatMap((each) => each.offences);
  if (offences.length) parts.push(`named as the cause: ${offences[0]?.message || offences[0]?.title || ""}`.slice(0, 240));
  if (part.form === "stack") parts.push("Enter opens the stack");
  return parts.join("; ");
}

function kind(part: Part): string {
  return part.form === "reference" ? "node, drawn elsewhere:" : formWord(part);
}

/** What there is, counted: “2 clusters, 4 hosts and 30 virtual machines”. */
export function counted(parts: Iterable<Part>): string {
  const counts = new Map<Form, number>();
  for (const part of parts) counts.set(part.form, (counts.get(part.form) ?? 0) + part.count);
  const said = (["cluster", "host", "machine", "guest", "workload", "storage"] as const)
    .filter((form) => counts.get(form))
    .map((form) => plural(counts.get(form) ?? 0, forms[form] ?? form));
  return said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : (said[0] ?? "nothing yet");
}

function plural(count: number, one: string): string {
  return `${count} ${count === 1 || one === "storage" ? one : `${one}s`}`;
}
