// Which packs the design is judged by: all there are, or those that are ticked, with what they require.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { Menu } from "../parts/menu";
import { packs } from "../state";
import { plural } from "../verdict/words";

interface Pack {
  name: string;
  title: string;
  rules: number;
}

const held = signal<Pack[]>([]);

function fetchPacks(): void {
  if (!held.value.length) get<{ items: Pack[] }>("v1/packs").then((all) => { held.value = all.items; }, () => undefined);
}

export function PacksMenu() {
  const chosen = packs.value;
  const [first = ""] = chosen;
  useEffect(() => {
    if (chosen.length) fetchPacks();
  }, [chosen.length > 0]);
  const count = held.value.length > 1 ? `${chosen.length} of ${held.value.length}` : String(chosen.length);
  const told = chosen.length === 0 ? "all" : chosen.length > 1 ? count : (held.value.find((each) => each.name === first)?.title ?? first);
  return <Menu label={<>Packs: <span class="packs-chosen">{told}</span></>} name="Packs to judge by" end>{() => <Items />}</Menu>;
}

function Items() {
  useEffect(fetchPacks, []);
  const chosen = packs.value;
  // What is unticked stays in sight, and in focus, until the menu is closed.
  const [before] = useState(chosen);
  const gone = held.value.length ? [...new Set([...before, ...chosen])].filter((name) => !held.value.some((each) => each.name === name)) : [];
  const turn = (name: string) => {
    packs.value = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name].sort();
  };
  return (
    <>
      <Item title="All packs" told="every rule that this service has" ticked={chosen.length === 0} turn={() => (packs.value = [])} />
      {held.value.map(({ name, title, rules }) => (
        <Item key={name} title={title} told={`${name}, ${plural(rules, "rule")}`} ticked={chosen.includes(name)} turn={() => turn(name)} />
      ))}
      {gone.map((name) => <Item key={name} title={name} told="not there any more" ticked={chosen.includes(name)} turn={() => turn(name)} />)}
    </>
  );
}

function Item({ title, told, ticked, turn }: { title: string; told: string; ticked: boolean; turn: () => void }) {
  return (
    <button type="button" role="menuitemcheckbox" aria-checked={ticked} class="pack-item" onClick={turn}>
      <span class="box" aria-hidden="true">{ticked ? "✓" : ""}</span>
      <span>{title} <span class="small soft">{told}</span></span>
    </button>
  );
}
