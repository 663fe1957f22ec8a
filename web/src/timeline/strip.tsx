// Time as a strip: a bar coloured, hatched and labelled by status, with a slider on it that sets the day judged by.
import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { sign, word } from "../parts/status";
import { asOf, day } from "../state";
import { iso, monthsLater, ordinal, readable } from "./dates";
import { periodOf, type Stretch, stretches, type Timeline } from "./fetched";

const bar = { top: 26, height: 44 };
const lane = { height: 14, gap: 6, label: 16 };
const below = 24;

/** The day under the pointer, "" for none. */
const hovered = signal("");

export function dayShown(of: Timeline): string {
  const by = day.value;
  return by < of.first ? of.first : by > of.last ? of.last : by;
}

/** `lanes` are subjects that get a thinner bar each below the design's. */
export function Strip({ of, lanes = [] }: { of: Timeline; lanes?: readonly string[] }) {
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const watching = new ResizeObserver(() => setWidth(Math.max(element.clientWidth, 120)));
    watching.observe(element);
    return () => watching.disconnect();
  }, []);
  const [first, last] = [ordinal(of.first), ordinal(of.last)];
  const x = (day: number) => ((day - first) / (last + 1 - first)) * width;
  const day = ordinal(dayShown(of));
  const height = bar.top + bar.height + lanes.length * (lane.height + lane.gap + lane.label) + below;
  const at = (event: PointerEvent) => {
    const left = svg.current?.getBoundingClientRect().left ?? 0;
    return Math.min(Math.max(first + Math.floor(((event.clientX - left) / width) * (last + 1 - first)), first), last);
  };
  const set = (to: number) => (asOf.value = iso(Math.min(Math.max(to, first), last)));
  const dragged = (event: PointerEvent) => {
    hovered.value = iso(at(event));
    if (event.buttons & 1) set(at(event));
  };
  return (
    <svg
      ref={svg} class="strip" width="100%" height={height} viewBox={`0 0 ${width} ${height}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        set(at(event));
      }}
      onPointerMove={dragged} onPointerLeave={() => (hovered.value = "")}
    >
      <Hatches />
      <Years first={first} last={last} x={x} height={height - below + 6} width={width} />
      <g aria-hidden="true">
        {stretches(of).map((each) => <Bar key={each.first} of={each} x={x} top={bar.top} height={bar.height} width={width} label />)}
        {lanes.map((subject, place) => {
          const top = bar.top + bar.height + place * (lane.height + lane.gap + lane.label) + lane.gap;
          return (
            <g key={subject}>
              <text class="lane" x={0} y={top + lane.label / 2 + 1}>{subject.length > 60 ? `${subject.slice(0, 59)}…` : subject}</text>
              {stretches(of, subject).map((each) => (
                <Bar key={each.first} of={each} x={x} top={top + lane.label} height={lane.height} width={width} />
              ))}
            </g>
          );
        })}
      </g>
      <Pointer x={x} height={height - below} width={width} of={of} />
      <g
        class="handle" role="slider" tabindex={0} aria-label="Judged as of" aria-valuemin={first} aria-valuemax={last} aria-valuenow={day}
        aria-valuetext={`${readable(iso(day))}: ${word(periodOf(of, iso(day))?.status ?? "")}`} aria-orientation="horizontal"
        transform={`translate(${x(day + 0.5)} 0)`} onKeyDown={(event) => keyed(event, of, day, set)}
      >
        <path d={`M0 ${bar.top - 3}V${height - below}`} class="needle" />
        <path d={`M-7 6h14v10l-7 8l-7 -8z`} class="grip" />
      </g>
    </svg>
  );
}

function keyed(event: KeyboardEvent, of: Timeline, day: number, set: (to: number) => void): void {
  const to = moved(event, of, day);
  if (to === undefined) return;
  event.preventDefault();
  set(to);
}

/** Arrows go by days, with Shift by months, with Ctrl to the next change; PageUp and PageDown by years. */
function moved(event: KeyboardEvent, of: Timeline, day: number): number | undefined {
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
  if (step) return event.ctrlKey ? changeFrom(of, day, step) : event.shiftKey ? monthsLater(day, step) : day + step;
  switch (event.key) {
    case "PageUp": return monthsLater(day, 12);
    case "PageDown": return monthsLater(day, -12);
    case "Home": return ordinal(of.first);
    case "End": return ordinal(of.last);
    default: return undefined;
  }
}

/** The first day of the next period, or of this or the one before. */
export function changeFrom(of: Timeline, day: number, step: number): number {
  const begins = of.periods.map((period) => ordinal(period.first));
  if (step > 0) return begins.find((each) => each > day) ?? day;
  return begins.filter((each) => each < day).at(-1) ?? day;
}

interface Across {
  x: (day: number) => number;
  width: number;
}

function Bar({ of, x, top, height, width, label = false }: { of: Stretch; top: number; height: number; label?: boolean } & Across) {
  const left = x(ordinal(of.first));
  const wide = Math.max(x(ordinal(of.last) + 1) - left, 1.5);
  const box = { x: Math.min(left, width - 1.5), y: top, width: wide, height };
  const words = `${sign(of.status)} ${word(of.status)}`;
  const full = words.length * 7.4 + 10;
  const plate = wide > full ? full : Math.min(22, wide - 2);
  return (
    <g class={`tone-${of.status}`}>
      <rect {...box} class="bar-ground" />
      <rect {...box} class="bar-hatch" fill={`url(#hatch-${of.status})`} />
      {label && wide > 15 && (
        <>
          <rect class="bar-plate" x={left + wide / 2 - plate / 2} y={top + height / 2 - 10} width={plate} height={20} rx={10} />
          <text class="bar-label" x={left + wide / 2} y={top + height / 2}>{wide > full ? words : sign(of.status)}</text>
        </>
      )}
    </g>
  );
}

/** One hatching for each status, so that the bars differ without colour. */
function Hatches() {
  const marks: Record<string, string> = {
    unsupported: "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    limited: "M0 0L8 8M-2 6L2 10M6 -2L10 2",
    undetermined: "M2 2h2v2h-2zM6 6h2v2h-2z",
    conditional: "M4 0V8",
    not_covered: "M0 4H8",
    supported: "",
  };
  return (
    <defs>
      {Object.entries(marks).map(([status, path]) => (
        <pattern key={status} id={`hatch-${status}`} width={8} height={8} patternUnits="userSpaceOnUse" class={`tone-${status}`}>
          <path d={path} class="hatch" />
        </pattern>
      ))}
    </defs>
  );
}

function Years({ first, last, x, height, width }: { first: number; last: number; height: number } & Across) {
  const from = Number(iso(first).slice(0, 4));
  const to = Number(iso(last).slice(0, 4));
  const step = Math.max(1, Math.ceil((to - from) / (width / 46)));
  const years = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) years.push(year);
  return (
    <g aria-hidden="true">
      {years.map((year) => {
        const at = x(ordinal(`${year}-01-01`));
        if (at < 0) return null;
        const anchor = at < 18 ? "start" : at > width - 18 ? "end" : "middle";
        return (
          <g key={year} class="year">
            <path d={`M${at} ${bar.top + bar.height}V${height}`} />
            <text x={at} y={height + 9} text-anchor={anchor}>{year}</text>
          </g>
        );
      })}
    </g>
  );
}

function Pointer({ of, x, height, width }: { of: Timeline; height: number } & Across) {
  const day = hovered.value;
  if (!day) return null;
  const at = x(ordinal(day) + 0.5);
  const status = periodOf(of, day)?.status;
  const words = `${day} ${status ? `${sign(status)} ${word(status)}` : ""}`;
  const anchor = at < 90 ? "start" : at > width - 90 ? "end" : "middle";
  return (
    <g class="hovered" aria-hidden="true">
      <path d={`M${at} ${bar.top}V${height}`} />
      <text x={at} y={10} text-anchor={anchor}>{words}</text>
    </g>
  );
}
