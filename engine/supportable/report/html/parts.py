"""The small parts that all of the page is made of: statuses, names, places, articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from supportable.origin import Origin
from supportable.report.markup import Content, el, is_web_address
from supportable.report.signs import CONFIDENCES, SIGNS, worded
from supportable.verdict.model import Cited

LONG: Final = 120
"""From this many characters on a name is set small."""


def status(name: str, *, big: bool = False) -> Element:
    """A status as sign and word. The sign is for the eye; a screen reader reads the word."""
    sign = el("span", {"aria-hidden": "true", "class": "sign"}, SIGNS.get(name, "·"))
    return el("span", f"status {name}" + (" big" if big else ""), sign, " ", worded(name))


def sign(name: str) -> Element:
    """A status as a sign, its word for screen readers and on pointing at it."""
    word = worded(name)
    return el("span", {"class": f"mark {name}", "role": "img", "aria-label": word, "title": word}, SIGNS.get(name, "·"))


def name(text: str) -> Element:
    """A name that somebody gave, kept from what stands around it whichever way it is written."""
    return el("bdi", "name long" if len(text) > LONG else "name", text)


def code(text: str) -> Element:
    """A text of the design, of a pack or of a path."""
    return el("code", {"dir": "auto"}, text)


def place(at: Origin | None) -> list[Content]:
    """Where something is written; nothing where that is not known."""
    return [] if at is None else [" ", el("span", "place", str(at))]


def anchor(kind: str, *texts: str) -> str:
    """A name within the page for something, the same for the same thing."""
    return f"{kind}-{hashlib.sha256(chr(0).join(texts).encode(errors='replace')).hexdigest()[:12]}"


def article_anchor(within: str, cited: Cited) -> str:
    """The place of an article in the list at the end of the design called `within`."""
    return anchor("article", within, cited.ref)


def cited(within: str, citations: Iterable[Cited]) -> Element:
    """Articles with section and edition, each a link to the list at the end."""
    items = []
    for one in citations:
        details = [f"section “{one.section}”"] if one.section else []
        details += [f"edition {one.revision}"] if one.revision else []
        details += [CONFIDENCES[one.confidence]] if one.confidence in CONFIDENCES else []
        link = el("a", {"href": f"#{article_anchor(within, one)}"}, one.ref)
        items.append(el("li", "", link, *([", " + ", ".join(details)] if details else [])))
    return el("ul", "articles", *items)


def address(url: str) -> Content:
    """A web address as a link; anything else as plain text."""
    if not is_web_address(url):
        return el("span", "address", url)
    return el("a", {"href": url, "rel": "noreferrer noopener", "class": "address"}, url)


def joined(parts: Iterable[Content], between: str = ", ") -> list[Content]:
    """The parts with something between them."""
    content: list[Content] = []
    for part in parts:
        content += [between, part] if content else [part]
    return content


def names(texts: Iterable[str], most: int = 50) -> list[Content]:
    """Names, a comma between them; of more than `most`, how many are left."""
    given = list(texts)
    content = joined(name(text) for text in given[:most])
    return [*content, f" and {len(given) - most} more"] if len(given) > most else content


def term(label: str, *content: Content) -> Element:
    """A labelled line of a list of such."""
    return el("div", "", el("dt", "", label), el("dd", "", *content))
