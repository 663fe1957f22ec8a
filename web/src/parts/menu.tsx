// A button that opens a short list; Escape or a click elsewhere closes it, arrows go through it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const items = "[role=menuitem], [role=menuitemcheckbox]";

interface Opening {
  label: ComponentChildren;
  /** What the list is called, where the label is more than words. */
  name?: string;
  wide?: boolean;
  /** Whether the list ends where the button ends, for one that stands on the right. */
  end?: boolean;
  children: (close: () => void) => ComponentChildren;
}

export function Menu({ label, name, wide = false, end = false, children }: Opening) {
  const [open, setOpen] = useState(false);
  const here = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    here.current?.querySelector<HTMLElement>(items)?.focus();
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
    const all = [...(here.current?.querySelectorAll<HTMLElement>(items) ?? [])];
    const at = all.findIndex((each) => each === document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) {
      if (event.key === "Tab") setOpen(false);
      return;
    }
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <div class="menu" ref={here} onKeyDown={keys}>
      <button ref={opener} type="button" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label} <span aria-hidden="true" class="faint">▾</span>
      </button>
      {open && <div class={`menu-list${wide ? " wide" : ""}${end ? " end" : ""}`} role="menu" aria-label={name ?? (typeof label === "string" ? label : undefined)}>{children(close)}</div>}
    </div>
  );
}
