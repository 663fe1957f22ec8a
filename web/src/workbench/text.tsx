// The editor's place in the page. Its code comes as a part of its own.
import { useEffect, useRef, useState } from "preact/hooks";
import { fetchShapes } from "../design/shapes";
import { text } from "../state";

const fetched = import("./editor");

export function TextSide({ shown }: { shown: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void fetchShapes();
    let close: (() => void) | undefined;
    let gone = false;
    fetched.then(({ openEditor }) => {
      if (gone || !host.current) return;
      close = openEditor(host.current);
      setReady(true);
    }, () => undefined);
    return () => {
      gone = true;
      close?.();
    };
  }, []);
  return (
    <div class="text-side" hidden={!shown}>
      <div ref={host} class="editor" />
      {!ready && <pre class="editor-stand-in" aria-hidden="true">{text.value}</pre>}
    </div>
  );
}

export const undoChange = () => void fetched.then((editor) => editor.undoChange());
export const redoChange = () => void fetched.then((editor) => editor.redoChange());
