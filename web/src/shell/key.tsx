// Where the service asks for a key: one field, kept for as long as the tab is open.
import { useEffect, useRef } from "preact/hooks";
import { apiKey, keyWanted, useKey } from "../api";

export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    useKey(field.current?.value ?? "");
    // Everything that was refused is asked for anew.
    location.reload();
  };
  return (
    <dialog ref={dialog} class="card key" aria-labelledby="key-title" onClose={() => { keyWanted.value = false; }}>
      <form onSubmit={submit}>
        <h2 id="key-title">{apiKey.value ? "That key does not do" : "This service asks for a key"}</h2>
        <p class="soft">Whoever runs it makes one with <code>supportable keys create</code>. It is forgotten when this tab is closed.</p>
        <div class="row">
          <label for="key">Key</label>
          <input id="key" ref={field} type="password" class="grow" autocomplete="off" required />
          <button type="submit" class="main">Use it</button>
        </div>
      </form>
    </dialog>
  );
}
