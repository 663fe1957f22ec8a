// Above the picture: how much is written, search, the way from cause to cause, and zoom.
import type { Acts } from "./choosing";
import { toCause } from "./keys";
import type { Detail } from "./layout";
import { arranged, detail, focused, matching, offending, stacked, stackedUsed, wanted } from "./state";
import { moved, zoom } from "./viewing";

const details: Record<Detail | "auto", string> = { auto: "Automatic", full: "Names and kinds", names: "Names", cells: "Cells" };

export function Tools({ act }: { act: Acts }) {
  const middle = () => ({ x: act.room().w / 2, y: act.room().h / 2 });
  const causes = offending.value.length;
  return (
    <div class="row picture-tools">
      <label class="tool"><span>Detail</span>
        <select
          aria-label="Detail" value={detail.value}
          onChange={(event) => {
            detail.value = event.currentTarget.value as Detail | "auto";
            moved.value = false;
          }}
        >
          {Object.entries(details).map(([name, title]) => <option key={name} value={name}>{title}</option>)}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" checked={stackedUsed.value} onChange={(event) => { stacked.value = event.currentTarget.checked; moved.value = false; }} />
        Stack alike
      </label>
      <label class="tool"><span class="hidden">Find in the picture</span>
        <input
          type="search" placeholder="Find…" value={wanted.value} size={9}
          onInput={(event) => (wanted.value = event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === "Enter") toMatch(act); }}
        />
      </label>
      {matching.value && <span class="soft small" role="status">{matching.value.size} found</span>}
      <span class="grow" />
      {causes > 0 && (
        <span class="row causes">
          <button type="button" onClick={() => toCause(-1, act)} aria-label="Previous cause">‹</button>
          <span class="small">{causes === 1 ? "1 cause" : `${causes} causes`}</span>
          <button type="button" onClick={() => toCause(1, act)} aria-label="Next cause">›</button>
        </span>
      )}
      <span class="row zooms">
        <button type="button" onClick={() => zoom(1 / 1.3, middle())} aria-label="Zoom out">−</button>
        <button type="button" onClick={() => zoom(1.3, middle())} aria-label="Zoom in">+</button>
        <button type="button" onClick={act.whole}>Whole</button>
      </span>
    </div>
  );
}

function toMatch(act: Acts): void {
  const found = arranged.value.boxes.filter((box) => matching.value?.has(box.part.key));
  const at = found.findIndex((box) => box.part.key === focused.value);
  const next = found[(at + 1) % found.length];
  if (next) act.focus(next.part.key);
}
