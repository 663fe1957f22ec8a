// Where we are: the part of the address after `#`, as `#/view/rest/of/it?key=value`.
import { signal } from "@preact/signals";

export const views = ["workbench", "time", "bom", "policies", "ledger"] as const;
export type View = (typeof views)[number];

export interface Route {
  view: View;
  /** What follows the view, decoded: `#/policies/rule/x` gives `["rule", "x"]`. */
  rest: string[];
  query: URLSearchParams;
}

export function read(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [first = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  const view = views.find((each) => each === first) ?? "workbench";
  return { view, rest, query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view, to be put in `href`. */
export function address(view: View, rest: readonly string[] = [], query: Record<string, string> = {}): string {
  const path = [view, ...rest.map(encodeURIComponent)].join("/");
  const asked = new URLSearchParams(query).toString();
  return `#/${path}${asked ? `?${asked}` : ""}`;
}

export const route = signal(read(location.hash));

addEventListener("hashchange", () => {
  route.value = read(location.hash);
});

/** Goes to a view as if its link had been followed. */
export function go(view: View, rest: readonly string[] = [], query: Record<string, string> = {}): void {
  location.hash = address(view, rest, query);
}
