// One box of the picture: its frame by status, its sign and name as far as there is room, and a flag where it is to blame.
import { sign } from "../parts/status";
import { Icon } from "./icons";
import { type Box, fitting, written } from "./layout";
import { restsOnWorse } from "./marks";
import { marksIn } from "./state";
import { told } from "./words";

/** Letters smaller than this on the page are not drawn at all. */
const legible = 6.2;

export interface Drawing {
  box: Box;
  k: number;
  active: boolean;
  chosen: boolean;
  dimmed: boolean;
  expanded: boolean | undefined;
}

export function BoxShown({ box, k, active, chosen, dimmed, expanded }: Drawing) {
  const { part, x, y, w, h } = box;
  const marks = marksIn(box);
  const status = marks[0]?.subject?.status;
  const blamed = marks.some(({ offences }) => offences.length);
  const advised = !blamed && marks.some(({ advice }) => advice.length);
  const words = told(box);
  const round = box.h > 20 ? 6 : 3;
  const classes = [
    "box", part.form, `tone-${status ?? "none"}`, status && `is-${status}`, blamed && "blamed", chosen && "chosen", dimmed && "dimmed",
    box.container && "container", box.name * k < legible && "tiny",
  ];
  return (
    <g
      class={classes.filter(Boolean).join(" ")} role="treeitem" aria-level={box.level} aria-posinset={box.place}
      aria-setsize={box.siblings} aria-label={words} aria-expanded={expanded} aria-selected={chosen} tabindex={active ? 0 : -1}
      data-key={part.key} transform={`translate(${x} ${y})`}
    >
      <title>{words}</title>
      {(part.form === "stack" || part.count > 1) && <rect class="behind" x={3} y={-3} width={w} height={h} rx={round} />}
      <rect class="frame" width={w} height={h} rx={round} />
      {status && part.form !== "reference" && (status !== "not_covered" || w > 60) && <rect class="edge" width={Math.min(4, w / 5)} height={h} rx={2} />}
      <Written box={box} k={k} status={status} blamed={blamed} />
      {blamed && <Flag x={w} small={w < 60} />}
      {advised && <Hint x={w} small={w < 60} />}
      {restsOnWorse(marks[0]?.subject) && w > 40 && <Below x={w - (w > 84 ? 24 : 6) - (blamed ? 14 : 0)} y={box.head / 2} of={restsOnWorse(marks[0]?.subject)} />}
    </g>
  );
}

function Written({ box, k, status, blamed }: { box: Box; k: number; status: string | undefined; blamed: boolean }) {
  const { part, w, head } = box;
  const times = part.form === "stack" || part.count > 1 ? `×${part.count}` : "";
  const form = part.form === "stack" ? (box.stack[0]?.form ?? "other") : part.form;
  const named = box.name * k >= legible;
  if (w < 50) {
    // A cell: its sign, and below it the name for those who zoom in.
    const middle = named ? head * 0.42 : head / 2;
    const size = Math.min(13, head * 0.5, w * 0.6);
    return (
      <>
        {status || times
          ? <text class="sign" x={w / 2} y={middle} font-size={size}>{times || sign(status ?? "")}</text>
          : <Icon of={form} x={w / 2} y={middle} size={size} />}
        {named && <text class="id centred" x={w / 2} y={head * 0.82} font-size={box.name}>{fitting(part.id, box.name, w - 2)}</text>}
      </>
    );
  }
  const about = box.about > 0 && box.about * k >= legible && part.about;
  const middle = about ? head * 0.36 : head / 2;
  const start = status || part.form !== "tray" ? 27 : 10;
  const corner = blamed ? 14 : 0;
  // The name goes before the sign of what kind of thing it is.
  const iconic = status !== undefined && head > 18 && w - start - 26 - corner - (times ? 30 : 0) >= written(part.id.slice(0, 12), box.name);
  const end = w - 8 - (iconic ? 18 : 0) - corner;
  const room = end - start - (times ? 30 : 0);
  return (
    <>
      {status
        ? <text class="sign" x={15} y={head / 2} font-size={Math.min(15, head * 0.6)}>{sign(status)}</text>
        : <Icon of={form} x={15} y={head / 2} size={Math.min(13, head * 0.55)} />}
      {named && <text class="id" x={start} y={middle} font-size={box.name}>{fitting(part.id, box.name, room)}</text>}
      {about && <text class="about" x={start} y={head * 0.72} font-size={box.about}>{fitting(part.about, box.about, w - start - 8)}</text>}
      {times && named && <text class="times" x={end} y={middle} font-size={Math.max(box.name - 1, 4)}>{times}</text>}
      {iconic && <Icon of={form} x={w - 14 - corner} y={middle} size={Math.min(12, head * 0.5)} />}
    </>
  );
}

/** Marks an offender: a shape, not only a colour. */
function Flag({ x, small }: { x: number; small: boolean }) {
  const size = small ? 0.62 : 1;
  return (
    <g class="flag" transform={`translate(${x - 9 * size} ${1 * size}) scale(${size})`}>
      <path d="M0 -9 L10 8 H-10 Z" />
      <path class="stroke" d="M0 -3.4 V2" />
      <circle cx={0} cy={5} r={1.1} />
    </g>
  );
}

/** An advisory names it: it is worth a look, and changes no status. */
function Hint({ x, small }: { x: number; small: boolean }) {
  return small ? <circle class="hint" cx={x - 4} cy={4} r={2.2} /> : (
    <g class="hint" transform={`translate(${x - 9} 2)`}>
      <circle r={5.5} />
      <text y={0.5} font-size={8.5}>i</text>
    </g>
  );
}

/** What it rests on is worse than itself: a chain with that status's sign. */
function Below({ x, y, of }: { x: number; y: number; of: string }) {
  return <text class={`below tone-${of}`} x={x} y={y} font-size={11}>{`⤓${sign(of)}`}</text>;
}
