// A text that somebody else chose: isolated, so that marks of direction in it turn nothing around it, and clipped when it
// is long, with the whole of it on demand. Text only: nothing in it can become markup.
import { useState } from "preact/hooks";

/** `longest` is how many characters a name may have before it is clipped; sentences take more. */
export function Name({ of, code = false, longest = 120 }: { of: string; code?: boolean; longest?: number }) {
  const [open, setOpen] = useState(false);
  const long = of.length > longest;
  return (
    <>
      <bdi class={code ? "name code" : "name"}>{long && !open ? `${of.slice(0, longest)}…` : of}</bdi>
      {long && (
        <button type="button" class="more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "less" : `all ${of.length.toLocaleString("en")} characters`}
        </button>
      )}
    </>
  );
}

/** A sentence with names in it. */
export function Sentence({ of }: { of: string }) {
  return <Name of={of} longest={500} />;
}
