// The lines in a grid of which only what is seen is drawn, so that thousands of lines are no more work than thirty.
import { signal, useSignal, useSignalEffect } from "@preact/signals";
import { type ComponentChildren, Fragment, type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Name } from "../parts/name";
import { Status } from "../parts/status";
import { articleAddress } from "../policies/links";
import { cellsOf, type Line, placeOf } from "./model";
import { asInFile, bill, goOn, lines, searched, shownStatus } from "./sent";
import { Saying } from "./saying";

/** A line that is to be shown, by how the service names its place. Each wish is a new object. */
export const lineWanted = signal<{ place: string } | null>(null);

/** Rows drawn above and below those that are seen. */
const spare = 8;
const columnTitles = ["Line", "Qty", "Part", "Description", "Status", "Recognised as", "Why"];

export function Table() {
  const scroller = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const height = useRowHeight();
  const open = useSignal<Line | null>(null);
  const active = useSignal(0);
  const [extra, setExtra] = useState(0);
  const held = lines.value;
  const opened = open.value ? held.indexOf(open.value) : -1;
  useEffect(() => setExtra(opened < 0 ? 0 : (detail.current?.offsetHeight ?? 0)));
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    element.addEventListener("scroll", look, { passive: true });
    const watching = new ResizeObserver(look);
    watching.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      watching.disconnect();
    };
  }, []);
  const show = (at: number, then?: () => void) => {
    const element = scroller.current;
    if (!element) return;
    const top = at * height + (opened >= 0 && at > opened ? extra : 0);
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
    active.value = at;
    requestAnimationFrame(() => {
      element.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus({ preventScroll: true });
      then?.();
    });
  };
  useSignalEffect(() => {
    const wish = lineWanted.value;
    if (!wish) return;
    lineWanted.value = null;
    let at = lines.peek().findIndex((line) => placeOf(line) === wish.place);
    if (at < 0) {
      shownStatus.value = "";
      searched.value = "";
      asInFile.value = true;
      at = lines.peek().findIndex((line) => placeOf(line) === wish.place);
    }
    const line = lines.peek()[at];
    if (!line) return;
    open.value = line;
    scroller.current?.scrollIntoView({ block: "nearest" });
    requestAnimationFrame(() => show(at));
  });
  useSignalEffect(() => {
    if (bill.value && goOn.peek()) {
      goOn.value = false;
      open.value = null;
      show(0);
    }
  });
  const from = Math.max(0, Math.floor((view.top - (opened >= 0 && view.top > opened * height ? Math.min(extra, view.top - opened * height) : 0)) / height) - spare);
  const until = Math.min(held.length, from + Math.ceil(view.height / height) + 2 * spare);
  const keyed = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest(".detail")) {
      if (event.key === "Escape") {
        open.value = null;
        show(active.value);
      }
      return;
    }
    const page = Math.max(Math.floor(view.height / height) - 1, 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -held.length, End: held.length }[event.key];
    if (step !== undefined) show(Math.min(Math.max(active.value + step, 0), held.length - 1));
    else if (event.key === "Enter" || event.key === " ") open.value = open.value === held[active.value] ? null : (held[active.value] ?? null);
    else return;
    event.preventDefault();
  };
  // Whatever is open and out of sight is not drawn either; its height stays.
  const inSight = opened >= from && opened < until;
  const above = from * height + (opened >= 0 && opened < from ? extra : 0);
  const below = (held.length - until) * height + (opened >= until ? extra : 0);
  return (
    <div class="card lines" role="treegrid" aria-label="Lines of the bill" aria-rowcount={held.length + 1} onKeyDown={keyed}>
      <div class="bill-line-head" role="row" aria-rowindex={1}>
        {columnTitles.map((title, at) => <span key={title} role="columnheader" class={`cell c${at}`}>{title}</span>)}
      </div>
      <div class="scroller" ref={scroller} role="rowgroup">
        <div style={{ height: `${above}px` }} aria-hidden="true" />
        {held.slice(from, until).map((line, place) => {
          const at = from + place;
          const isOpen = at === opened;
          return (
            <Fragment key={`${line.sheet} ${line.line}`}>
              <Row line={line} at={at} open={isOpen} tab={at === active.value || (place === 0 && (active.value < from || active.value >= until))} toggle={() => {
                active.value = at;
                open.value = isOpen ? null : line;
              }} />
              {isOpen && inSight && <Detail line={line} holder={detail} at={at} />}
            </Fragment>
          );
        })}
        <div style={{ height: `${below}px` }} aria-hidden="true" />
      </div>
      {!held.length && <p class="soft padded">No line is like that.</p>}
    </div>
  );
}

function useRowHeight(): number {
  const wide = matchMedia("(min-width: 48rem)");
  const [height, setHeight] = useState(wide.matches ? 40 : 66);
  useEffect(() => {
    const changed = () => setHeight(wide.matches ? 40 : 66);
    wide.addEventListener("change", changed);
    return () => wide.removeEventListener("change", changed);
  }, []);
  return height;
}

function Row({ line, at, open, tab, toggle }: { line: Line; at: number; open: boolean; tab: boolean; toggle: () => void }) {
  const cells = cellsOf(line, bill.value?.bom.headers ?? []);
  const cell = (place: number, content: ComponentChildren) => <span role="gridcell" class={`cell c${place}`}>{content}</span>;
  return (
    <div
      class={`bill-line tone-${tone(line.status)}${open ? " open" : ""}${line.status === "no_item" ? " no-item" : ""}`} role="row" aria-rowindex={at + 2}
      aria-level={1} aria-expanded={open} tabIndex={tab ? 0 : -1} data-at={at} onClick={toggle}
    >
      {cell(0, line.line)}
      {cell(1, line.quantity ?? "")}
      {cell(2, <bdi>{short(cells.part)}</bdi>)}
      {cell(3, <bdi>{short(cells.description || (line.kind === "item" ? "" : Object.values(line.text).join(" ")))}</bdi>)}
      {cell(4, <LineStatus of={line} />)}
      {cell(5, <bdi>{short(line.recognised?.title ?? "")}</bdi>)}
      {cell(6, <bdi>{line.kind === "item" ? short(line.reasons.join("; ")) : ""}</bdi>)}
    </div>
  );
}

/** As much of a text as a row could ever show. */
function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function tone(status: string): string {
  return status === "unrecognised" || status === "no_item" ? "none" : status;
}

export function LineStatus({ of }: { of: Line }) {
  if (of.status === "unrecognised") return <span class="status small unknown"><span class="sign" aria-hidden="true">¿</span><span>unrecognised</span></span>;
  if (of.status === "no_item") return <span class="soft small">{of.kind}</span>;
  return <Status of={of.status} />;
}

function Detail({ line, at, holder }: { line: Line; at: number; holder: RefObject<HTMLDivElement | null> }) {
  const refs = [...new Map(line.citations.map((cited) => [`${cited.ref} ${cited.section} ${cited.revision}`, cited])).values()];
  return (
    <div class="detail" role="row" aria-level={2} aria-rowindex={at + 2} ref={holder}>
      <div role="gridcell">
        <dl>
          {Object.entries(line.text).map(([column, value]) => (
            <div key={column}><dt><Name of={column} /></dt><dd><Name of={value} /></dd></div>
          ))}
          {line.group && <div><dt>Configuration</dt><dd><Name of={line.group} /></dd></div>}
          {line.recognised && <div><dt>Recognised</dt><dd><Name of={line.recognised.title} /> <span class="soft">({line.recognised.kind}, by {line.recognised.by})</span></dd></div>}
        </dl>
        {line.kind === "item" && <ul>{line.reasons.map((reason) => <li key={reason}><Name of={reason} /></li>)}</ul>}
        {refs.length > 0 && (
          <p class="small">
            {refs.map((cited, place) => (
              <span key={`${cited.ref} ${cited.section} ${cited.revision}`}>
                {place > 0 && "; "}<a href={articleAddress(cited.ref)}>{cited.ref}</a>{cited.section && `, ${cited.section}`}{cited.revision && ` (${cited.revision})`}
              </span>
            ))}
          </p>
        )}
        {line.status === "unrecognised" && <Saying line={line} />}
      </div>
    </div>
  );
}
