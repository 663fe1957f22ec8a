// The shipped examples, one click away.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { get } from "../api";
import { Menu } from "../parts/menu";
import { Status } from "../parts/status";
import { chosen } from "../state";
import { type Example, show } from "./begin";

const examples = signal<Example[]>([]);

export function ExamplesMenu() {
  useEffect(() => {
    if (!examples.value.length) {
      get<Example[] | { items: Example[] }>("v1/examples").then((all) => { examples.value = Array.isArray(all) ? all : all.items; }, () => undefined);
    }
  }, []);
  return (
    <Menu label="Examples" wide>
      {(close) => examples.value.map((each) => (
        <div key={each.name} class="example" role="none">
          <button type="button" role="menuitem" class="plain-item" onClick={() => { close(); open(each.name); }}>
            <strong>{each.name.replaceAll("-", " ")}</strong>
            <span class="small soft">{each.title}</span>
          </button>
          <span class="days" role="none">
            {(each.days ?? [each.as_of]).map((day, index) => (
              <button key={day} type="button" role="menuitem" class="small" onClick={() => { close(); open(each.name, day); }}>
                <span class="numbers">{day}</span> {each.statuses?.[index] && <Status of={each.statuses[index] as string} />}
              </button>
            ))}
          </span>
        </div>
      ))}
    </Menu>
  );
}

function open(name: string, day?: string): void {
  chosen.value = null;
  void show(name, day);
}
