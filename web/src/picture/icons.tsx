// Small outlines that say what kind of thing a box is. 14 by 14, drawn about their middle.
import type { Form } from "./parts";

const outlines: Partial<Record<Form, string>> = {
  cluster: "M-3.5 -5.5h7v4h-7zM-6.5 1.5h5v4h-5zM1.5 1.5h5v4h-5zM0 -1.5v3",
  host: "M-6 -6h12v5h-12zM-6 1h12v5h-12zM-3.5 -3.5h.01M-3.5 3.5h.01",
  machine: "M-6 -6h12v5h-12zM-6 1h12v5h-12zM-3.5 -3.5h.01M-3.5 3.5h.01",
  guest: "M-6 -6h12v12h-12zM-2.5 -2.5h5v5h-5z",
  workload: "M0 -6.5l5.6 3.2v6.6L0 6.5l-5.6 -3.2v-6.6zM-5.6 -3.2L0 0l5.6 -3.2M0 0v6.5",
  storage: "M-6 -4c0 -3 12 -3 12 0v8c0 3 -12 3 -12 0zM-6 -4c0 3 12 3 12 0",
  component: "M-4.5 -4.5h9v9h-9zM-2 -7v2.5M2 -7v2.5M-2 4.5v2.5M2 4.5v2.5M-7 -2h2.5M-7 2h2.5M4.5 -2h2.5M4.5 2h2.5",
  other: "M-5 -6h6.5l3.5 3.5v8.5h-10zM1.5 -6v3.5h3.5",
};

export function Icon({ of, x, y, size }: { of: Form; x: number; y: number; size: number }) {
  const outline = outlines[of];
  return outline ? <path class="icon" d={outline} transform={`translate(${x} ${y}) scale(${size / 14})`} /> : null;
}
