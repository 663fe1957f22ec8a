// What is under the pointer: the attribute's question, what may stand there, and what is wrong with it.
import { type EditorView, hoverTooltip, type Tooltip } from "@codemirror/view";
import { type Attribute, placeAt, shapes } from "../design/shapes";
import { parsed } from "../state";
import { nodeAt } from "./context";

export const hover = hoverTooltip((view: EditorView, at: number): Tooltip | null => {
  const of = shapes.value;
  const reading = parsed.value;
  if (!of || reading.text !== view.state.doc.toString()) return null;
  const found = nodeAt(reading.document.contents, at);
  if (!found) return null;
  const path = found.path.slice();
  let place = placeAt(of, path);
  while (!place?.attribute && path.length > 1) {
    path.pop();
    place = placeAt(of, path);
  }
  const attribute = place?.attribute;
  if (!attribute) return null;
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: told(attribute) }) };
}, { hoverTime: 250 });

function told(attribute: Attribute): HTMLElement {
  const made = document.createElement("div");
  made.className = "cm-told";
  const line = (text: string, kind: string) => {
    const element = document.createElement("div");
    element.className = kind;
    element.textContent = text;
    made.append(element);
  };
  line(attribute.title, "title");
  if (attribute.ask) line(attribute.ask, "ask");
  const { field } = attribute;
  const inner = field.kind === "list" ? field.of : field;
  if (inner.kind === "choice") line(inner.values.join(" · "), "values");
  if (inner.kind === "flag") line("true · false", "values");
  if (inner.kind === "number") line([inner.least !== undefined ? `from ${inner.least}` : "", inner.most !== undefined ? `to ${inner.most}` : "", attribute.unit].filter(Boolean).join(" "), "values");
  if (inner.kind === "reference") line(`the name of a ${(inner.of || "thing").replaceAll("_", " ")} of this design`, "values");
  return made;
}
