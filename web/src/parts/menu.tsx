// A button that opens a short list; Escape or a click elsewhere closes it, arrows go through it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export function Menu({ label, wide = false, children }: { label: string; wide?: boolean; children: (close: () => void) => ComponentChildren }) {
  const [open, setOpen] = useState(false);
  const here = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    here.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !here.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", elsewhere);
    return () => removeEventListener("pointerdown", elsewhere);
  }, [open]);
  const keys = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      return;
    }
    const items = [...(here.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.findIndex((each) => each === document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) {
      if (event.key === "Tab") setOpen(false);
      return;
    }
    event.preventDefault();
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div class="menu" ref={here} onKeyDown={keys}>
      <button ref={opener} type="button" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label} <span aria-hidden="true" class="faint">▾</span>
      </button>
      {open && <div class={wide ? "menu-list wide" : "menu-list"} role="menu" aria-label={label}>{children(close)}</div>}
    </div>
  );
}
