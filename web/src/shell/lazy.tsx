// A view that is fetched when it is first gone to.
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

export function lazy(fetched: () => Promise<ComponentType>): ComponentType {
  let there: ComponentType | undefined;
  return function Lazy() {
    const [View, setView] = useState<ComponentType | undefined>(() => there);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (there) return;
      fetched().then(
        (view) => {
          there = view;
          setView(() => view);
        },
        () => setFailed(true),
      );
    }, []);
    if (failed) return <p class="soft" role="alert">This part of the page could not be fetched. Reload the page to try again.</p>;
    return View ? <View /> : <p class="soft" aria-busy="true">One moment…</p>;
  };
}
