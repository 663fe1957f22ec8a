// What the verdict and the problems say of lines: signs in the gutter, and marks in the text that F8 walks through.
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type EditorState, RangeSet, StateEffect, StateField, type Transaction } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, GutterMarker } from "@codemirror/view";
import type { Problem } from "../api";
import { type Fault, placing } from "../design/read";
import { sign, word } from "../parts/status";
import { chosen, parsed } from "../state";
import { keyOf, type Mark, marks } from "../verdict/places";
import type { Verdict } from "../verdict/types";

class Sign extends GutterMarker {
  constructor(readonly mark: Mark) {
    super();
  }

  override eq(other: Sign): boolean {
    return other.mark.tone === this.mark.tone && other.mark.findings.length === this.mark.findings.length && other.mark.subject === this.mark.subject;
  }

  override toDOM(): Node {
    const made = document.createElement("span");
    made.className = `sign tone-${this.mark.tone}`;
    made.textContent = sign(this.mark.tone);
    made.title = [
      this.mark.subject ? `${this.mark.subject}: ${word(this.mark.tone)}` : "",
      ...this.mark.findings.slice(0, 8).map((each) => each.message || each.title),
    ].filter(Boolean).join("\n").slice(0, 1000);
    return made;
  }
}

const setSigns = StateEffect.define<RangeSet<Sign>>();

const signs = StateField.define<RangeSet<Sign>>({
  create: () => RangeSet.empty,
  update(held, transaction: Transaction) {
    let next = transaction.docChanged ? held.map(transaction.changes) : held;
    for (const effect of transaction.effects) if (effect.is(setSigns)) next = effect.value;
    return next;
  },
});

export const signGutter = [
  signs,
  gutter({
    class: "cm-signs",
    markers: (view) => view.state.field(signs),
    initialSpacer: () => new Sign({ line: 0, column: 0, tone: "supported", findings: [] }),
    domEventHandlers: {
      click(view, line) {
        view.state.field(signs).between(line.from, line.to, (_from, _to, held) => {
          const first = held.mark.findings[0];
          chosen.value = first ? { finding: keyOf(first) } : held.mark.subject ? { subject: held.mark.subject } : null;
          return false;
        });
        return true;
      },
    },
  }),
];

const setFlash = StateEffect.define<number | null>();

/** The line that was sought, lit up. */
export const flash = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(held, transaction) {
    let next = transaction.docChanged ? Decoration.none : held;
    for (const effect of transaction.effects) {
      if (effect.is(setFlash)) next = effect.value === null ? Decoration.none : Decoration.set([Decoration.line({ class: "cm-sought" }).range(effect.value)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Goes to a place and lights up its line. */
export function goTo(view: EditorView, from: number, to = from): void {
  const line = view.state.doc.lineAt(Math.min(from, view.state.doc.length));
  view.dispatch({
    selection: { anchor: from, head: Math.min(to, line.to) },
    effects: [EditorView.scrollIntoView(from, { y: "center" }), setFlash.of(line.from)],
  });
}

/** What the marks are made of. */
export interface Marked {
  /** The verdict of the text as it is; without one, the signs of the last one stay. */
  verdict: Verdict | null;
  problems: readonly Problem[];
  faults: readonly Fault[];
}

/** Problems of the service and faults of the YAML, and what the verdict says, each in its place: all in one change of the view,
 * as each of them has the page laid out. */
export function showMarks(view: EditorView, { verdict, problems, faults }: Marked): void {
  const { state } = view;
  const found = verdict ? marks(verdict, placing(parsed.peek())).filter((each) => each.line <= state.doc.lines) : [];
  const told: Diagnostic[] = [];
  for (const each of problems) {
    if (!each.line) continue;
    told.push({ ...span(state, each.line, each.column ?? 1), severity: "error", source: each.code, message: [each.message, each.hint].filter(Boolean).join("\n") });
  }
  if (!told.length) for (const each of faults) told.push({ ...span(state, each.line, each.column), severity: "error", source: "YAML", message: each.message });
  for (const mark of found) {
    if (!mark.findings.length) continue;
    told.push({
      ...span(state, mark.line, mark.column),
      severity: mark.tone === "unsupported" || mark.tone === "limited" ? "warning" : "info",
      markClass: `cm-finding-${mark.tone}`,
      message: mark.findings.slice(0, 5).map((each) => `${each.kind === "open" ? "Open: " : ""}${each.message || each.title}`).join("\n"),
    });
  }
  const effects = verdict ? [setSigns.of(RangeSet.of(found.map((each) => new Sign(each).range(state.doc.line(each.line).from))))] : [];
  view.dispatch(setDiagnostics(state, told), { effects });
}

function span(state: EditorState, line: number, column: number): { from: number; to: number } {
  const at = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  const from = Math.min(at.from + Math.max(0, column - 1), at.to);
  const rest = state.sliceDoc(from, at.to);
  const listed = /^(\[[^\]]*\]|\{[^,}]*)/.exec(rest)?.[0];
  const width = (listed ?? /^[^,{}[\]#]*/.exec(rest)?.[0].trimEnd() ?? "").length;
  return { from, to: Math.max(from + width, Math.min(from + 1, at.to)) };
}
