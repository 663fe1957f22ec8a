// Values and facts of a verdict in words.
const productParts = ["name", "release", "edition", "service_pack", "update", "architecture"];

export function inWords(value: unknown): string {
  if (value === null || value === undefined) return "unknown";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return `[${value.map((each) => (each === "..." ? "…" : inWords(each))).join(", ")}]`;
  if (typeof value === "object") {
    const held = value as Record<string, unknown>;
    const keys = Object.keys(held);
    if (keys.length === 1 && keys[0] === "possibly") return `possibly ${inWords(held.possibly)}`;
    if ("name" in held && keys.every((key) => productParts.includes(key))) {
      return productParts.filter((part) => held[part] !== null && held[part] !== undefined).map((part) => inWords(held[part])).join(" ");
    }
    return keys.sort().map((key) => `${key}: ${inWords(held[key])}`).join(", ");
  }
  return String(value);
}

/** `cluster/sqlclu.validation.outcome` as whose and what. */
export function factParts(fact: string): { type: string; id: string; attribute: string } {
  const slash = fact.indexOf("/");
  const dot = fact.indexOf(".", slash);
  return { type: fact.slice(0, slash), id: dot < 0 ? fact.slice(slash + 1) : fact.slice(slash + 1, dot), attribute: dot < 0 ? "" : fact.slice(dot + 1) };
}

export const confidences: Record<string, string> = {
  full: "read in full",
  opening: "only its opening was read",
  secondary: "known at second hand",
};

/** A rule's name without its pack, and the pack. */
export function ruleParts(rule: string): { pack: string; id: string } {
  const slash = rule.lastIndexOf("/");
  return { pack: rule.slice(0, slash), id: rule.slice(slash + 1) };
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
