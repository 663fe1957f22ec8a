// The frame around every view: where one can go, light or dark, and what is told to those who listen rather than look.
import type { ComponentType } from "preact";
import { keyWanted } from "../api";
import { address, route, type View, views } from "../route";
import { Workbench } from "../workbench";
import { Announcer } from "./announcer";
import { KeyDialog } from "./key";
import { lazy } from "./lazy";
import { isDark, switchTheme, theme } from "./theme";

const titles: Record<View, string> = { workbench: "Workbench", time: "Time", bom: "BOM", policies: "Policies", ledger: "Ledger" };

const shown: Record<View, ComponentType> = {
  workbench: Workbench,
  time: lazy(() => import("../timeline").then((m) => m.Timeline)),
  bom: lazy(() => import("../bom").then((m) => m.Bom)),
  policies: lazy(() => import("../policies").then((m) => m.Policies)),
  ledger: lazy(() => import("../ledger").then((m) => m.LedgerView)),
};

export function Shell() {
  const { view } = route.value;
  const View = shown[view];
  document.title = `${titles[view]} · Supportable`;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href={address("workbench")} aria-label="supportable">
          <Mark />
          <span>supportable</span>
        </a>
        <nav aria-label="Views">
          {views.map((each) => (
            <a key={each} href={address(each)} aria-current={each === view ? "page" : undefined}>{titles[each]}</a>
          ))}
        </nav>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1} class={`view-${view}`}>
        <View key={view} />
      </main>
      <Announcer />
      {keyWanted.value && <KeyDialog />}
    </>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="8" class="mark-ground" />
      <path d="M8 17l5.5 5.5L24 10" class="mark-tick" />
    </svg>
  );
}

function ThemeSwitch() {
  theme.value;
  const dark = isDark();
  return (
    <button type="button" class="quiet theme" onClick={switchTheme} aria-pressed={dark} title={dark ? "Light colours" : "Dark colours"}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        {dark
          ? <path d="M10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.5 1.5M13.5 13.5L15 15M15 5l-1.5 1.5M6.5 13.5L5 15M10 7a3 3 0 100 6 3 3 0 000-6z" class="stroke" />
          : <path d="M16 11.5A6.5 6.5 0 018.5 4a6.5 6.5 0 107.5 7.5z" class="stroke" />}
      </svg>
      <span class="hidden">Dark colours</span>
    </button>
  );
}
