// A control for one value of a design, made for what may stand there. The form and the interview both use it.
import { useId, useState } from "preact/hooks";
import { ids } from "../design/ids";
import { type Attribute, type Field, productNames, shapes } from "../design/shapes";
import { Name } from "../parts/name";
import { parsed } from "../state";
import { inWords } from "../verdict/words";

export interface Controlled {
  id?: string;
  field: Field;
  /** As plain data; `undefined` if it is not given. */
  value: unknown;
  /** `undefined` takes it out. */
  change: (value: unknown) => void;
  label: string;
  /** Whether `none` may be said. */
  optional: boolean;
  unit?: string;
}

export function Control(of: Controlled) {
  switch (of.field.kind) {
    case "flag":
      return <Choice of={of} values={["true", "false"]} words={{ true: "yes", false: "no" }} />;
    case "choice":
      return <Choice of={of} values={of.field.values} words={{}} />;
    case "reference":
      return <Choice of={of} values={shapes.value ? ids(parsed.value.value, shapes.value, of.field.of).map((each) => each.id) : []} words={{}} />;
    case "list":
      return of.field.of.kind === "record" ? <span class="soft small">{Array.isArray(of.value) ? `${of.value.length} listed` : inWords(of.value)}</span> : <Members of={of} member={of.field.of} />;
    case "record":
      return <span class="soft small">{of.value === undefined ? "not given" : inWords(of.value)}</span>;
    default:
      return <Line of={of} />;
  }
}

/** What a word in a select means in the design. */
function meant(word: string, field: Field): unknown {
  if (word === "") return undefined;
  if (field.kind === "flag" && (word === "true" || word === "false")) return word === "true";
  return word;
}

function Choice({ of, values, words }: { of: Controlled; values: string[]; words: Record<string, string> }) {
  const given = of.value === undefined || of.value === null ? "" : String(of.value);
  const special = of.optional ? ["none", "unknown"] : ["unknown"];
  const strange = given !== "" && !values.includes(given) && !special.includes(given);
  return (
    <select id={of.id} aria-label={of.id ? undefined : of.label} value={given} class={strange ? "strange" : undefined} onChange={(event) => of.change(meant(event.currentTarget.value, of.field))}>
      <option value="">–</option>
      {strange && <option value={given}>{given.slice(0, 80)}</option>}
      {values.map((each) => <option key={each} value={each}>{words[each] ?? each}</option>)}
      <optgroup label="or">{special.map((each) => <option key={each} value={each}>{each}</option>)}</optgroup>
    </select>
  );
}

function Line({ of }: { of: Controlled }) {
  const { field } = of;
  const list = useId();
  // What is being written stays while a verdict arrives; it goes into the design when it is done.
  const [draft, setDraft] = useState<string | null>(null);
  const structured = typeof of.value === "object" && of.value !== null;
  const given = of.value === undefined || of.value === null ? "" : structured ? inWords(of.value) : String(of.value);
  const change = (written: string) => {
    const trimmed = written.trim();
    if (trimmed === "") of.change(undefined);
    else if (field.kind === "number" && /^-?\d+(\.\d+)?$/.test(trimmed)) of.change(Number(trimmed));
    else of.change(trimmed);
  };
  const of_ = shapes.value;
  const suggestions = field.kind === "product" && of_ ? productNames(of_, field.products, true) : [];
  return (
    <span class="line-control">
      <input
        id={of.id}
        aria-label={of.id ? undefined : of.label}
        type="text"
        inputMode={field.kind === "number" ? "decimal" : undefined}
        placeholder={field.kind === "date" ? "YYYY-MM-DD" : field.kind === "product" ? "product and release" : undefined}
        list={suggestions.length ? list : undefined}
        value={draft ?? given}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => setDraft(null)}
        onChange={(event) => {
          setDraft(null);
          if (event.currentTarget.value.trim() !== given) change(event.currentTarget.value);
        }}
      />
      {of.unit && <span class="soft small">{of.unit}</span>}
      {suggestions.length > 0 && <datalist id={list}>{suggestions.map((each) => <option key={each} value={each} />)}</datalist>}
    </span>
  );
}

/** A list of single values: each can be taken out, one can be added, and the list can be said to be all there is. */
function Members({ of, member }: { of: Controlled; member: Field }) {
  const listed = Array.isArray(of.value) ? (of.value as unknown[]) : [];
  const open = listed.at(-1) === "...";
  const members = open ? listed.slice(0, -1) : listed;
  const [adding, setAdding] = useState("");
  const list = useId();
  const given = (next: unknown[], more = open) => of.change(more ? [...next, "..."] : next);
  const add = (value: string) => {
    const trimmed = value.trim();
    if (!trimmed || members.some((each) => String(each) === trimmed)) return;
    given([...members, trimmed]);
    setAdding("");
  };
  const choices = possible(member).filter((each) => !members.some((held) => String(held) === each));
  const closed = member.kind === "reference" || member.kind === "choice";
  return (
    <div class="members" role="group" aria-label={of.label}>
      {members.map((each, index) => (
        <span class="member-chip" key={`${index}${String(each)}`}>
          <Name of={inWords(each)} />
          <button type="button" class="quiet" aria-label={`Take out ${inWords(each).slice(0, 60)}`} onClick={() => given(members.filter((_, at) => at !== index))}>×</button>
        </span>
      ))}
      {typeof of.value === "string" && <span class="member-chip">{of.value}</span>}
      {closed ? (
        <select id={of.id} aria-label={`Add to ${of.label}`} value="" onChange={(event) => add(event.currentTarget.value)}>
          <option value="">add…</option>
          {choices.map((each) => <option key={each} value={each}>{each}</option>)}
        </select>
      ) : (
        <>
          <input id={of.id} type="text" aria-label={`Add to ${of.label}`} placeholder="add…" value={adding} list={choices.length ? list : undefined} autocomplete="off"
            onInput={(event) => setAdding(event.currentTarget.value)}
            onChange={(event) => add(event.currentTarget.value)} />
          {choices.length > 0 && <datalist id={list}>{choices.map((each) => <option key={each} value={each} />)}</datalist>}
        </>
      )}
      {(open || members.length > 0) && (
        <label class="small soft more-to-come"><input type="checkbox" checked={open} onChange={(event) => given(members, event.currentTarget.checked)} /> there may be more</label>
      )}
      {of.value === undefined && <button type="button" class="quiet small" onClick={() => given([], false)}>there are none</button>}
    </div>
  );
}

function possible(field: Field): string[] {
  const of = shapes.value;
  if (!of) return [];
  if (field.kind === "reference") return ids(parsed.value.value, of, field.of).map((each) => each.id);
  if (field.kind === "product") return productNames(of, field.products, false);
  if (field.kind === "choice") return field.values;
  return [];
}

/** Whether a record's attribute can be asked for in a line. */
export function simple(attribute: Attribute): boolean {
  return attribute.field.kind !== "record" && !(attribute.field.kind === "list" && attribute.field.of.kind === "record");
}
