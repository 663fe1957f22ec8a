// The policy browser: packs, rules, articles, glossary and vocabulary, each under an address that stays.
import { useEffect } from "preact/hooks";
import { address, route } from "../route";
import { ArticlePage, ArticlesPage } from "./articles";
import { PackPage, PacksPage } from "./pack";
import { RulePage } from "./rule";
import { Found, SearchField } from "./search";
import { TermPage, TermsPage } from "./terms";
import { VocabularyPage } from "./vocabulary";

const shelves = [
  ["packs", "Packs", ["pack", "rule"]], ["articles", "Articles", ["article"]], ["glossary", "Glossary", ["term"]], ["vocabulary", "Vocabulary", []],
] as const;

export function Policies() {
  const { rest, query } = route.value;
  const where = rest.join("/");
  useEffect(() => {
    if (where) scrollTo(0, 0);
  }, [where]);
  return (
    <div class="policies">
      <div class="row policy-bar">
        <SearchField />
        <nav class="shelves" aria-label="Policies">
          {shelves.map(([name, title, within]) => (
            <a
              key={name} href={name === "packs" ? address("policies") : address("policies", [name])}
              aria-current={!query.get("q") && ((rest[0] ?? "packs") === name || within.some((each) => each === rest[0])) ? "page" : undefined}
            >{title}</a>
          ))}
        </nav>
      </div>
      <Shelf rest={rest} words={query.get("q") ?? ""} />
    </div>
  );
}

function Shelf({ rest, words }: { rest: readonly string[]; words: string }) {
  if (words) return <Found words={words} />;
  const [kind, first = "", ...more] = rest;
  switch (kind) {
    case "pack": return <PackPage name={first} />;
    case "rule": return <RulePage pack={first} id={more.join("/")} />;
    case "articles": return <ArticlesPage />;
    case "article": return <ArticlePage id={first} />;
    case "glossary": return <TermsPage />;
    case "term": return <TermPage term={[first, ...more].join("/")} />;
    case "vocabulary": return <VocabularyPage name={first || undefined} />;
    default: return <PacksPage />;
  }
}
