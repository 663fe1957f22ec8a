// Small things that all pages of the policy browser show: citations, places, spans of time, a wait, a failure.
import { Name } from "../parts/name";
import { readable } from "../timeline/dates";
import type { Citation } from "../verdict/types";
import { confidences } from "../verdict/words";
import { articleAddress } from "./links";
import type { Place, Span } from "./types";

export function Cites({ of }: { of: readonly Citation[] }) {
  if (!of.length) return null;
  return (
    <ul class="cites">
      {of.map((cited) => (
        <li key={`${cited.ref} ${cited.section} ${cited.revision}`}>
          <a href={articleAddress(cited.ref)}>{cited.ref}</a> <Name of={cited.title} />
          {cited.section && <>, <q>{cited.section}</q></>}
          <span class="soft small">
            {cited.revision && ` · edition ${cited.revision}`}
            {cited.confidence && ` · ${confidences[cited.confidence] ?? cited.confidence}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What packs say in sentences: isolated like any name, and never clipped. */
export function Prose({ of }: { of: string }) {
  return <bdi class="name">{of}</bdi>;
}

export function Where({ at, pack }: { at: Place; pack?: string }) {
  return <span class="code soft small">{pack && !at.file.includes("/rules/") ? `${pack}: ` : ""}{at.file}{at.line ? `, line ${at.line}` : ""}</span>;
}

/** A span in words; the end of time is nobody's until. */
export function during({ since, until }: Span): string {
  const to = until && until !== "never" ? `until ${readable(until)}` : "";
  if (!since) return to || "at all times";
  return [`from ${readable(since)}`, to].filter(Boolean).join(" ");
}

export function holds({ since, until }: Span, day: string): boolean {
  return (!since || since <= day) && (!until || until === "never" || day < until);
}

export function Missing({ failed }: { failed: string }) {
  if (failed) return <p class="card padded" role="alert"><Name of={failed} /></p>;
  return <p class="soft" aria-busy="true">One moment…</p>;
}

/** An address of the outer world, if it is one that a link may lead to. */
export function Outer({ url }: { url: string }) {
  return /^https?:\/\//.test(url) ? <a href={url} target="_blank" rel="noreferrer noopener"><Name of={url} /></a> : <Name of={url} />;
}
