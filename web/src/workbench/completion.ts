// What may be written at the cursor: keys of the map it stands in, values of the attribute it belongs to.
import { type Completion, type CompletionContext, type CompletionResult, startCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { ids } from "../design/ids";
import { type Attribute, type Field, placeAt, productNames, type Shapes, shapes } from "../design/shapes";
import { parsed } from "../state";
import { contextAt, memberAt } from "./context";

export function complete(asked: CompletionContext): CompletionResult | null {
  const of = shapes.value;
  if (!of) return null;
  const text = asked.state.doc.toString();
  let context = contextAt(text, asked.pos);
  if (!context) return null;
  if (context.writing === "key") {
    const place = placeAt(of, context.path);
    if (place?.shape) {
      if (!asked.explicit && context.word === "" ) return null;
      const used = new Set(context.there);
      const options = place.shape.attributes.filter((each) => !used.has(each.name)).map(keyed);
      return { from: context.from, options, validFor: /^[\w-]*$/ };
    }
    context = memberAt(text, context, asked.pos);
    if (context?.writing !== "value") return null;
  }
  const place = placeAt(of, context.path);
  if (!place?.field) return null;
  const used = new Set(context.there);
  const options = values(of, place.field, place.attribute).filter((each) => !used.has(each.label));
  if (!options.length) return null;
  return { from: context.from, options, validFor: /^[^,{}[\]#:]*$/ };
}

function keyed(attribute: Attribute): Completion {
  return {
    label: attribute.name,
    detail: brief(attribute),
    info: attribute.ask || attribute.title,
    type: "property",
    apply: (view: EditorView, _completion: Completion, from: number, to: number) => {
      const insert = `${attribute.name}: `;
      view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" });
      if (attribute.field.kind !== "text" && attribute.field.kind !== "number") startCompletion(view);
    },
  };
}

function brief(attribute: Attribute): string {
  const { field } = attribute;
  if (field.kind === "choice") return field.values.length > 4 ? `${field.values.length} choices` : field.values.join(" · ");
  if (field.kind === "list") return field.of.kind === "reference" ? `list of ${field.of.of || "names"}` : "list";
  if (field.kind === "reference") return field.of ? `a ${field.of.replaceAll("_", " ")}` : "a name";
  if (field.kind === "flag") return "true · false";
  return attribute.unit || field.kind;
}

function values(of: Shapes, field: Field, attribute: Attribute | undefined): Completion[] {
  const info = attribute?.ask;
  const option = (label: string, detail?: string, boost = 0): Completion => ({ label, type: "constant", boost, ...(detail ? { detail } : {}), ...(info ? { info } : {}) });
  const special = [option("unknown", "not known yet", -90), ...(attribute?.optional ? [option("none", "there is none", -80)] : [])];
  switch (field.kind) {
    case "flag":
      return [option("true"), option("false"), ...special];
    case "choice":
      return [...field.values.map((each, index) => option(each, undefined, -index / 10)), ...special];
    case "product":
      return [
        ...productNames(of, field.products, false).map((each) => option(each, undefined, 10)),
        ...productNames(of, field.products, true).map((each) => option(each, undefined, -10)),
        ...special,
      ];
    case "reference":
      return [...ids(parsed.value.value, of, field.of).map((each) => option(each.id, each.type)), ...special];
    case "list":
      return field.of.kind === "record" ? [] : [option("[]", "there are none", -70), ...values(of, field.of, undefined)];
    case "date":
      return special;
    default:
      return [];
  }
}
