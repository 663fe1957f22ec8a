// The text editor. It lives in a shadow root, so that its styles are constructed sheets, which a strict policy allows.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { effect } from "@preact/signals";
import { parts } from "../design/read";
import { current, faded, parsed, problems, sought, text, verdict } from "../state";
import { complete } from "./completion";
import { look } from "./editor_look";
import { hover } from "./hover";
import { afterFrame } from "../parts/after_frame";
import { flash, goTo, type Marked, showMarks, signGutter } from "./marks";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: [tags.string, tags.content, tags.attributeValue], color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.bool, tags.null, tags.labelName], color: "var(--code-word)" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--faint)" },
]);

/** What was there when the editor was last closed, with what can be undone. */
let kept: EditorState | undefined;
let open: EditorView | undefined;

export function undoChange(): void {
  if (open) undo(open);
}

export function redoChange(): void {
  if (open) redo(open);
}

/** Opens the editor in `host`; the answer closes it. */
export function openEditor(host: HTMLElement): () => void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const extensions = [
    lineNumbers(),
    signGutter,
    flash,
    highlightSpecialChars({ addSpecialChars: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g }),
    history(),
    drawSelection(),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [complete], maxRenderedOptions: 60, icons: false }),
    hover,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    yaml(),
    syntaxHighlighting(colours),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    EditorView.contentAttributes.of({ "aria-label": "The design as text, YAML", tabindex: "0", spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) text.value = update.state.doc.toString();
    }),
    // Signs of a verdict of another text or day are dimmed, once that has lasted a moment.
    EditorView.editorAttributes.of(() => ({ class: faded.peek() ? "cm-previous" : "" })),
    look,
  ];
  const state = kept && kept.doc.toString() === text.peek() ? kept : EditorState.create({ doc: text.peek(), extensions });
  const view = new EditorView({ state, parent: root, root });
  open = view;
  const stops = [
    effect(() => follow(view, text.value)),
    marking(view),
    effect(() => {
      const wanted = sought.value;
      if (wanted) reveal(view, wanted);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    kept = view.state;
    open = undefined;
    view.destroy();
  };
}

/** Keeps the marks abreast of the verdict and the problems, until the answer is called. Those of a verdict
 * wait for the frame in which it comes; those of a text for the request that asks for its verdict, so that neither waits for
 * them. While the verdict is only a moment old, the marks of the last one move along with the text. */
function marking(view: EditorView): () => void {
  let stopWaiting: (() => void) | undefined;
  let shown: (Marked & { faded: boolean }) | undefined;
  const show = () => {
    stopWaiting = undefined;
    const wanted = {
      verdict: current.peek() ? verdict.peek() : null,
      problems: problems.peek(),
      faults: parsed.peek().faults,
      faded: faded.peek(),
    };
    const quiet = wanted.verdict === null && !wanted.faded && !wanted.problems.length && !wanted.faults.length;
    if (shown && (quiet || same(shown, wanted))) return;
    shown = wanted;
    showMarks(view, wanted);
  };
  const stop = effect(() => {
    // Each of them is listened to, and read when the frame is done.
    void [current.value, verdict.value, problems.value, text.value, faded.value];
    stopWaiting?.();
    stopWaiting = current.value ? afterFrame(show) : later(show);
  });
  return () => {
    stop();
    stopWaiting?.();
  };
}

function later(does: () => void): () => void {
  const waiting = setTimeout(does, 80);
  return () => clearTimeout(waiting);
}

function same(one: Marked & { faded: boolean }, other: Marked & { faded: boolean }): boolean {
  const alike = (these: readonly unknown[], those: readonly unknown[]) => these === those || (these.length === 0 && those.length === 0);
  return one.verdict === other.verdict && one.faded === other.faded && alike(one.problems, other.problems) && alike(one.faults, other.faults);
}

/** Takes over a text that was changed elsewhere, as the one change that makes it so: the cursor and what can be undone stay. */
function follow(view: EditorView, wanted: string): void {
  const held = view.state.doc.toString();
  if (held === wanted) return;
  let from = 0;
  const shorter = Math.min(held.length, wanted.length);
  while (from < shorter && held.charCodeAt(from) === wanted.charCodeAt(from)) from += 1;
  let tail = 0;
  while (tail < shorter - from && held.charCodeAt(held.length - 1 - tail) === wanted.charCodeAt(wanted.length - 1 - tail)) tail += 1;
  view.dispatch({ changes: { from, to: held.length - tail, insert: wanted.slice(from, wanted.length - tail) }, userEvent: "input.elsewhere" });
}

function reveal(view: EditorView, wanted: { pointer?: string; line?: number }): void {
  const reading = parsed.peek();
  if (wanted.pointer !== undefined) {
    const path = parts(wanted.pointer);
    while (path.length) {
      const node = reading.document.getIn(path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)), true);
      if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
        goTo(view, node.range[0] as number, node.range[1] as number);
        return;
      }
      path.pop();
    }
  } else if (wanted.line && wanted.line <= view.state.doc.lines) {
    goTo(view, view.state.doc.line(wanted.line).from);
  }
}
