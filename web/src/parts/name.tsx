// A name that somebody else chose: isolated, so that marks of direction in it turn nothing around it, and clipped when it
// is long, with the whole of it on demand. Text only: nothing in it can become markup.
import { useState } from "preact/hooks";

const longest = 120;

export function Name({ of, code = false }: { of: string; code?: boolean }) {
  const [open, setOpen] = useState(false);
  const clipped = of.length > longest && !open;
  const shown = clipped ? `${of.slice(0, longest)}…` : of;
  return (
    <>
      <bdi class={code ? "name code" : "name"}>{shown}</bdi>
      {of.length > longest && (
        <button type="button" class="more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "less" : `all ${of.length.toLocaleString("en")} characters`}
        </button>
      )}
    </>
  );
}
