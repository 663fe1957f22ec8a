import type { Citation } from "./types";
import { confidences } from "./words";

/** An article, with the section that says it, its edition, and how far we read it. */
export function CitationLine({ of }: { of: Citation }) {
  const address = /^https?:\/\//.test(of.url) ? of.url : undefined;
  return (
    <p class="citation">
      <span class="ref">{address ? <a href={address} target="_blank" rel="noreferrer">{of.ref}</a> : of.ref}</span>
      <span>
        {of.title}
        {of.section && <>, <q>{of.section}</q></>}
        {of.revision && <span class="soft"> · edition {of.revision}</span>}
        {of.confidence && <span class={`soft confidence ${of.confidence}`}> · {confidences[of.confidence] ?? of.confidence}</span>}
      </span>
    </p>
  );
}
