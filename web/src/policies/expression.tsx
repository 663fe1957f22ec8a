// Expressions as their authors wrote them, with strings, numbers and words told apart; and messages with what is filled in.
const tokens = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\b\d+(?:\.\d+)?\b)|\b(true|false|none|in|all|exists|where|count|size|sum|min|max|smallest|largest|same|lookup|listed|satisfies|as_of|contains|containsAny|startsWith|endsWith|div)\b/g;

export function Expression({ of }: { of: string }) {
  const shown = [];
  let from = 0;
  for (const found of of.matchAll(tokens)) {
    const at = found.index;
    if (at > from) shown.push(of.slice(from, at));
    const kind = found[1] !== undefined ? "text" : found[2] !== undefined ? "number" : "word";
    shown.push(<span key={at} class={`token ${kind}`}>{found[0]}</span>);
    from = at + found[0].length;
  }
  shown.push(of.slice(from));
  return <code class="expression">{shown}</code>;
}

/** A message of a rule: what stands between {{ and }} is an expression. */
export function Template({ of }: { of: string }) {
  return (
    <>
      {of.split(/(\{\{.*?\}\})/).map((part, place) =>
        part.startsWith("{{") ? <code key={place} class="filled">{part.slice(2, -2).trim()}</code> : part,
      )}
    </>
  );
}
