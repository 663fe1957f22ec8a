// Light or dark: as the system says, until somebody chooses here.
import { signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
const key = "supportable-theme";

export const theme = signal<Theme>(stored());

function stored(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system";
  }
}

export function applyTheme(): void {
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
}

export function isDark(): boolean {
  return theme.value === "dark" || (theme.value === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function switchTheme(): void {
  theme.value = isDark() ? "light" : "dark";
  applyTheme();
  try {
    localStorage.setItem(key, theme.value);
  } catch {
    // it holds for this visit, then
  }
}
