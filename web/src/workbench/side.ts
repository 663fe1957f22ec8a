// Which side of the design the workbench shows.
import { signal } from "@preact/signals";

export type Side = "text" | "form" | "picture" | "verdict";

/** On a narrow screen, where there is one side only, also the verdict. */
export const side = signal<Side>("text");
