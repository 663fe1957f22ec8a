// A status: a sign, a word and a colour, so that none of them is needed to tell it.
const signs: Record<string, [sign: string, word: string]> = {
  supported: ["✓", "supported"],
  conditional: ["!", "conditional"],
  limited: ["△", "limited"],
  unsupported: ["✗", "unsupported"],
  undetermined: ["?", "undetermined"],
  not_covered: ["○", "not covered"],
};

export function sign(status: string): string {
  return signs[status]?.[0] ?? "·";
}

export function word(status: string): string {
  return signs[status]?.[1] ?? status.replaceAll("_", " ");
}

export function Status({ of, size = "small" }: { of: string; size?: "small" | "large" | "huge" }) {
  return (
    <span class={`status tone-${of in signs ? of : "none"} ${size}`}>
      <span class="sign" aria-hidden="true">{sign(of)}</span>
      <span class="word">{word(of)}</span>
    </span>
  );
}
