// What can be done with the picture as a whole, and choosing a box in it.
import { arranged, chosen, focused, opened } from "./state";

export interface Acts {
  /** The size of the picture's room on the page. */
  room: () => { w: number; h: number };
  /** Moves the keyboard to a box and brings it into sight. */
  focus: (key: string) => void;
  /** Shows all of the picture. */
  whole: () => void;
}

/** Chooses what a box stands for; opens it if it is a stack. */
export function choose(key: string): void {
  const box = arranged.value.byKey.get(key);
  if (!box) return;
  if (box.part.form === "stack") {
    opened.value = new Set([...opened.value, key]);
    focused.value = box.stack[0]?.key ?? null;
  } else if (box.part.form !== "tray" && box.part.form !== "open") {
    chosen.value = box.part.to || box.part.key;
    focused.value = box.part.to || box.part.key;
  }
}
