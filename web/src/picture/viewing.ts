// Which part of the picture is seen, and how large: zoom and pan, by wheel, fingers, buttons or keys.
import { signal } from "@preact/signals";

export interface Viewing {
  /** Pixels of the page for one unit of the picture. */
  k: number;
  /** Where the picture's origin is on the page, in pixels. */
  x: number;
  y: number;
}

export const margin = 14;
const [smallest, largest] = [0.15, 8];

export const viewing = signal<Viewing>({ k: 1, x: margin, y: margin });
/** Whether somebody moved it: then it is not fitted anew when the design changes. */
export const moved = signal(false);

/** Zooms by a factor about a point of the page that stays where it is. */
export function zoom(factor: number, at: { x: number; y: number }): void {
  const { k, x, y } = viewing.value;
  const next = Math.min(Math.max(k * factor, smallest), largest);
  viewing.value = { k: next, x: at.x - ((at.x - x) / k) * next, y: at.y - ((at.y - y) / k) * next };
  moved.value = true;
}

export function pan(dx: number, dy: number): void {
  const { k, x, y } = viewing.value;
  viewing.value = { k, x: x + dx, y: y + dy };
  moved.value = true;
}

/** The largest scale at which all of it is seen, and never more than a little above life size. */
export function whole(size: { w: number; h: number }, room: { w: number; h: number }): number {
  return Math.min((room.w - 2 * margin) / size.w, (room.h - 2 * margin) / size.h, 1.12);
}

/** Shows all of it; where that would be too small to read, its upper left part. */
export function fit(size: { w: number; h: number }, room: { w: number; h: number }, least = 0): void {
  const k = Math.max(whole(size, room), least, smallest);
  const centred = (length: number, space: number) => (length * k + 2 * margin < space ? (space - length * k) / 2 : margin);
  viewing.value = { k, x: centred(size.w, room.w), y: Math.min(centred(size.h, room.h), 3 * margin) };
  moved.value = false;
}

/** Moves it just so far that a box is seen. */
export function reveal(box: { x: number; y: number; w: number; h: number }, room: { w: number; h: number }): void {
  const { k, x, y } = viewing.value;
  const shift = (from: number, length: number, space: number): number => {
    if (from < margin) return margin - from;
    if (from + length > space - margin) return Math.max(space - margin - (from + length), margin - from);
    return 0;
  };
  const dx = shift(box.x * k + x, box.w * k, room.w);
  const dy = shift(box.y * k + y, box.h * k, room.h);
  if (dx || dy) pan(dx, dy);
}

/** The wheel and fingers on an element: zoom with the wheel while it has the focus (or with Ctrl), pan by dragging, pinch with two. */
export function handled(element: SVGSVGElement): () => void {
  const pointers = new Map<number, { x: number; y: number }>();
  const at = (event: MouseEvent) => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const wheel = (event: WheelEvent) => {
    // Whoever scrolls past the picture scrolls the page; whoever has clicked into it zooms.
    if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), at(event));
  };
  const down = (event: PointerEvent) => {
    if (event.button === 0) pointers.set(event.pointerId, at(event));
  };
  const move = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    const other = others[0];
    if (other) {
      const spread = (point: { x: number; y: number }) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 1);
      zoom(spread(now) / spread(before), other);
    } else if (Math.hypot(now.x - before.x, now.y - before.y) < 3) {
      return;
    } else {
      element.setPointerCapture(event.pointerId);
      pan(now.x - before.x, now.y - before.y);
    }
    pointers.set(event.pointerId, now);
  };
  const up = (event: PointerEvent) => pointers.delete(event.pointerId);
  element.addEventListener("wheel", wheel, { passive: false });
  element.addEventListener("pointerdown", down);
  element.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) element.addEventListener(name, up);
  return () => {
    element.removeEventListener("wheel", wheel);
    element.removeEventListener("pointerdown", down);
    element.removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) element.removeEventListener(name, up);
  };
}
