"""The rules that a SARIF log speaks of: each once, with its words, its articles and where to read on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from supportable.report.markup import inert, is_web_address
from supportable.verdict.model import Cited, FindingShown

_WORST_FIRST: Final = ("error", "warning", "note")


@dataclass(slots=True)
class _Entry:
    index: int
    title: str
    level: str
    version: str = ""
    articles: dict[tuple[str, str, str], Cited] = field(default_factory=dict)


class RuleBook:
    """Collects rules in the order in which results name them; that order is their index."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def of_finding(self, found: FindingShown, level: str) -> str:
        """The id of the finding's rule, noted down with what this finding tells of it."""
        entry = self._note(found.rule, found.title, level)
        entry.version = found.version
        for cited in found.citations:
            entry.articles.setdefault((cited.ref, cited.section, cited.revision), cited)
        return found.rule

    def own(self, name: str, title: str, level: str) -> str:
        """The id of a rule that is no pack's."""
        self._note(name, title, level)
        return name

    def index(self, name: str) -> int:
        """Where the rule stands among all of them."""
        return self._entries[name].index

    def rules(self) -> list[dict[str, Any]]:
        """The reporting descriptors."""
        return [_descriptor(name, entry) for name, entry in self._entries.items()]

    def _note(self, name: str, title: str, level: str) -> _Entry:
        entry = self._entries.setdefault(name, _Entry(len(self._entries), title, level))
        entry.level = min(entry.level, level, key=_WORST_FIRST.index)
        return entry


def _descriptor(name: str, entry: _Entry) -> dict[str, Any]:
    title = inert(entry.title)
    articles = list(entry.articles.values())
    addresses = [cited.url for cited in articles if is_web_address(cited.url)]
    rule: dict[str, Any] = {
        "id": inert(name),
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": inert("\n".join([entry.title, *(_article(cited) for cited in articles)]))},
        "defaultConfiguration": {"level": entry.level},
    }
    if addresses:
        rule["helpUri"] = addresses[0]
    if entry.version:
        rule["properties"] = {"tags": ["support-policy", name.partition("/")[0]], "packVersion": entry.version}
    return rule


def _article(cited: Cited) -> str:
    words = f"{cited.ref} “{cited.title}”" if cited.title else cited.ref
    for label, text in (("section", cited.section), ("edition", cited.revision)):
        words += f", {label} {text}" if text else ""
    return f"{words}: {cited.url}" if cited.url else words
