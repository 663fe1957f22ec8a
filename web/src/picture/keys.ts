// The picture by keyboard: as in any tree, with zoom, pan and the way from cause to cause beside it.
import { type Acts, choose } from "./choosing";
import type { Box } from "./layout";
import { arranged, focused, offending } from "./state";
import { pan, zoom } from "./viewing";

export function keyed(event: KeyboardEvent, act: Acts): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const done = event.shiftKey && event.key.startsWith("Arrow") ? panned(event.key) : went(event.key, act);
  if (done) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function panned(key: string): boolean {
  const by = 60;
  const [dx, dy] = { ArrowLeft: [by, 0], ArrowRight: [-by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[key] ?? [0, 0];
  pan(dx ?? 0, dy ?? 0);
  return true;
}

function went(key: string, act: Acts): boolean {
  const { boxes, byKey } = arranged.value;
  const at = Math.max(boxes.findIndex((box) => box.part.key === focused.value), 0);
  const here = boxes[at];
  const room = act.room();
  const middle = { x: room.w / 2, y: room.h / 2 };
  const to = (box: Box | undefined): boolean => {
    if (box) act.focus(box.part.key);
    return true;
  };
  switch (key) {
    case "ArrowDown": return to(boxes[at + 1]);
    case "ArrowUp": return to(boxes[at - 1]);
    case "ArrowRight": return to(boxes[at + 1]?.within === here?.part.key ? boxes[at + 1] : undefined);
    case "ArrowLeft": return to(byKey.get(here?.within ?? ""));
    case "Home": return to(boxes[0]);
    case "End": return to(boxes.at(-1));
    case "n": case "p": return toCause(key === "n" ? 1 : -1, act);
    case "+": case "=": zoom(1.3, middle); return true;
    case "-": zoom(1 / 1.3, middle); return true;
    case "0": act.whole(); return true;
    case "Enter": case " ":
      if (here) choose(here.part.key);
      if (focused.value && focused.value !== here?.part.key) act.focus(focused.value);
      return true;
    default: return false;
  }
}

/** Goes to the next offender (or the previous, by -1), round and round. */
export function toCause(step: 1 | -1, act: Acts): boolean {
  const causes = offending.value;
  if (!causes.length) return true;
  const { boxes } = arranged.value;
  const at = boxes.findIndex((box) => box.part.key === focused.value);
  const after = causes.filter((box) => (step > 0 ? boxes.indexOf(box) > at : boxes.indexOf(box) < at));
  const next = step > 0 ? (after[0] ?? causes[0]) : (after.at(-1) ?? causes.at(-1));
  if (next) {
    act.focus(next.part.key);
    choose(next.part.key);
  }
  return true;
}
