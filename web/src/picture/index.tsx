// The design as a picture: clusters, hosts, guests, workloads and storage as boxes within boxes, offenders flagged.
import { useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { BoxShown } from "./box";
import { Card } from "./card";
import { choose } from "./choosing";
import { keyed } from "./keys";
import type { Box } from "./layout";
import { lines } from "./links";
import { current, verdict } from "../state";
import { arranged, aspect, chosen, detailUsed, drawn, focused, matching } from "./state";
import { Tools } from "./tools";
import { fit, handled, moved, reveal, viewing } from "./viewing";
import { counted } from "./words";

/** Below this scale names cannot be read, so that less of the picture is shown instead, at first. */
const readable = { full: 0.62, names: 0.6, cells: 0.55 };

export function Picture() {
  const svg = useRef<SVGSVGElement>(null);
  const size = useComputed(() => ({ w: arranged.value.width, h: arranged.value.height }));
  const room = () => ({ w: svg.current?.clientWidth ?? 1, h: svg.current?.clientHeight ?? 1 });
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const watching = new ResizeObserver(() => {
      const { w, h } = room();
      aspect.value = Math.min(Math.max(Math.round((w / Math.max(h, 1)) * 5) / 5, 0.6), 2.6);
      if (!moved.value) fit(size.value, room(), readable[detailUsed.value]);
    });
    watching.observe(element);
    const release = handled(element);
    return () => {
      watching.disconnect();
      release();
    };
  }, []);
  useSignalEffect(() => {
    const now = size.value;
    if (svg.current && !moved.peek()) fit(now, room(), readable[detailUsed.value]);
  });
  const act = { room, focus: (key: string) => focusOn(svg.current, key, room()), whole: () => fit(size.value, room()) };
  return (
    <div class={`picture detail-${detailUsed.value}`}>
      <Tools act={act} />
      {drawn.value.parts.size === 0
        ? <p class="soft empty">The design names no machines, clusters or workloads yet.</p>
        : null}
      <svg
        ref={svg} class={current.value || !verdict.value ? "canvas" : "canvas stale"} role="tree" aria-label={`Picture of the design: ${counted(drawn.value.parts.values())}`}
        aria-describedby="picture-keys" onKeyDown={(event) => keyed(event, act)} onClick={(event) => clicked(event)}
        onFocusIn={(event) => attended(event)}
      >
        <Boxes />
      </svg>
      {verdict.value && !current.value && <p class="previous small soft">The signs are those of before the last change.</p>}
      <p id="picture-keys" class="hidden">
        Arrow keys go from box to box, right goes into a box and left out of it; Enter chooses; n and p go to the next and the
        previous cause; plus, minus and 0 zoom; Shift with arrows pans.
      </p>
      <div aria-live="polite"><Card /></div>
    </div>
  );
}

function Boxes() {
  const { k, x, y } = viewing.value;
  const { boxes } = arranged.value;
  const found = matching.value;
  const active = boxes.some((box) => box.part.key === focused.value) ? focused.value : boxes[0]?.part.key;
  const about = new Set([chosen.value, focused.value].filter((key): key is string => key !== null));
  return (
    <g transform={`translate(${x} ${y}) scale(${k})`}>
      {boxes.map((box) => (
        <BoxShown
          key={box.part.key} box={box} k={k} active={box.part.key === active} chosen={box.part.key === chosen.value}
          dimmed={found !== null && !found.has(box.part.key) && !box.container} expanded={expandedOf(box)}
        />
      ))}
      <g class="ties" aria-hidden="true">
        {lines(drawn.value.links, arranged.value, about).map((line) => (
          <path key={line.path} d={line.path} class={line.strong ? "tie strong" : "tie"} />
        ))}
      </g>
    </g>
  );
}

function expandedOf(box: Box): boolean | undefined {
  if (box.part.form === "stack") return false;
  return box.container ? true : undefined;
}

function keyAt(event: Event): string | undefined {
  const box = event.target instanceof Element ? event.target.closest<SVGGElement>("[data-key]") : null;
  return box?.dataset.key;
}

function clicked(event: MouseEvent): void {
  const key = keyAt(event);
  if (key !== undefined) choose(key);
}

function attended(event: FocusEvent): void {
  const key = keyAt(event);
  if (key !== undefined && focused.value !== key) focused.value = key;
}

function focusOn(svg: SVGSVGElement | null, key: string, room: { w: number; h: number }): void {
  const box = arranged.value.byKey.get(key);
  if (!svg || !box) return;
  focused.value = key;
  reveal(box.container ? { ...box, h: Math.min(box.h, box.head) } : box, room);
  requestAnimationFrame(() => [...svg.querySelectorAll<SVGGElement>("[data-key]")].find((each) => each.dataset.key === key)?.focus({ preventScroll: true }));
}
