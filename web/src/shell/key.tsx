// Where the service asks for a key: one field, kept for as long as the tab is open.
import { useEffect, useRef } from "preact/hooks";
import { useKey } from "../api";
import { text } from "../state";

export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    useKey(field.current?.value ?? "");
    const kept = text.value;
    text.value = `${kept} `;
    text.value = kept;
  };
  return (
    <dialog ref={dialog} class="card" aria-labelledby="key-title">
      <form onSubmit={submit}>
        <h2 id="key-title">This service asks for a key</h2>
        <p>Whoever runs it makes one with <code>supportable keys create</code>. It is forgotten when this tab is closed.</p>
        <label>Key <input ref={field} type="password" autocomplete="off" required /></label>
        <button type="submit" class="main">Use it</button>
      </form>
    </dialog>
  );
}
