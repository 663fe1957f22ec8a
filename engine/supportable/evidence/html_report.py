"""The report that a validation run writes for people, as a page.

Each test is a row of three cells: its name as a link into the page, a sign, and the result in words. The categories
come first, in a table of their own with rows of the same kind; below, each category's tests follow its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, NoReturn

from supportable.errors import DocumentError, Problem
from supportable.evidence import codes
from supportable.evidence.model import Form, Report, Said, Test
from supportable.evidence.outcomes import note, outcome_of, unknown_results, unselected_in
from supportable.evidence.words import CATEGORIES, OTHER_CATEGORIES, day_in_name, day_of, known_name, result_of
from supportable.origin import Origin

_MOST_ROWS: Final = 200_000
_MOST_OPEN: Final = 200
_MOST_TAGS: Final = 1_000_000
_SKIPPED: Final = re.compile(r"<!--|<!\[|<script\b|<style\b", re.IGNORECASE)
_ENDS: Final = {
    "!--": re.compile("-->"),
    # What word processors put around parts of a page: `<![if !mso]>`.
    "![": re.compile(">"),
    "script": re.compile(r"</script\s{0,8}>", re.IGNORECASE),
    "style": re.compile(r"</style\s{0,8}>", re.IGNORECASE),
}
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])[^<>]*")
_BLOCKS: Final = frozenset(
    ("address", "body", "br", "caption", "center", "div", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr",
     "html", "legend", "li", "p", "pre", "summary", "table", "title", "ul")
)  # fmt: skip
_NODE: Final = re.compile(r"Node\s*:?\s+([\w.-]{1,255})(?:\s+Validated)?\s*\Z")
_STARTED: Final = re.compile(r"Started\s*:?\s+(\S.*)")
_TITLES: Final = frozenset((*CATEGORIES, *OTHER_CATEGORIES))


def read_html_report(
    text: str, file: str, *, form: Form = "html", line_of: Callable[[int], int] | None = None
) -> Report:
    """The run that a page tells of. `line_of` gives, for a line of `text`, that of the file it came from.

    Raises DocumentError for a page that is no such report, or that ends early.
    """
    page = _Page(file, line_of or (lambda line: line))
    page.feed(_whole(text, page))
    page.close()
    if not page.closed:
        last = Origin(file, page.line_of(text.count("\n") + 1), 1)
        message = "the page ends before </html>: what is missing might be a test that failed"
        raise DocumentError([Problem(codes.TRUNCATED, message, last, "take the whole report from the cluster")])
    return page.report(form)


def _whole(text: str, page: _Page) -> str:
    """The page without comments, scripts and styles, its lines where they were.

    Refuses a page in which one of these, or a tag, is not closed: of such a page the parser may see less than there is,
    and take long for it.
    """
    if text.count("<") > _MOST_TAGS:
        page.refuse(codes.NOT_A_REPORT, f"a page of more than {_MOST_TAGS:,} tags is no report", 1)
    pieces = []
    at = 0
    for found in _SKIPPED.finditer(text):
        if found.start() < at:
            continue
        ending = _ENDS[found[0][1:].casefold()]
        end = ending.search(text, found.end())
        if end is None:
            line = text.count("\n", 0, found.start()) + 1
            page.refuse(codes.TRUNCATED, f"“{found[0]}” is not closed", line, "take the whole report from the cluster")
        pieces += [text[at : found.start()], "\n" * text.count("\n", found.start(), end.end())]
        at = end.end()
    whole = "".join([*pieces, text[at:]])
    for tag in _TAG.finditer(whole):
        if whole[tag.end() : tag.end() + 1] != ">":
            line = whole.count("\n", 0, tag.start()) + 1
            page.refuse(codes.TRUNCATED, "a tag is not closed", line, "take the whole report from the cluster")
    return whole


@dataclass(slots=True)
class _Row:
    """A table row while it is read."""

    origin: Origin
    cells: list[list[str]] = field(default_factory=list)
    link: bool = False

    def texts(self) -> list[str]:
        return [" ".join("".join(cell).split()) for cell in self.cells]


class _Page(HTMLParser):
    """What collects rows and texts from the page, in its order."""

    def __init__(self, file: str, line_of: Callable[[int], int]) -> None:
        super().__init__(convert_charrefs=True)
        self.file = file
        self.line_of = line_of
        self.closed = False
        self._rows: list[_Row] = []
        self._block: list[str] = []
        self._block_at = Origin(file)
        self._found: list[_Row | tuple[str, Origin]] = []

    # -- the parser's events ------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row, a cell or a block."""
        if tag == "tr":
            self._end_block()
            if len(self._rows) >= _MOST_OPEN or len(self._found) > _MOST_ROWS:
                message = "rows stand too deep inside one another, or are too many"
                raise DocumentError([Problem(codes.NOT_A_REPORT, message, self._at())])
            self._rows.append(_Row(self._at()))
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "a" and self._rows and len(self._rows[-1].cells) == 1:
            target = next((value or "" for name, value in attrs if name == "href"), "")
            self._rows[-1].link = self._rows[-1].link or target.startswith("#")
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag == "tr" and self._rows:
            self._found.append(self._rows.pop())
        elif tag == "html":
            self.closed = True
        if tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        """Keep text where it belongs."""
        if self._rows and self._rows[-1].cells:
            self._rows[-1].cells[-1].append(data)
        elif data.strip():
            if not self._block:
                self._block_at = self._at()
            self._block.append(data)

    def refuse(self, code: str, message: str, line: int, hint: str = "") -> NoReturn:
        """Raise DocumentError for something in that line of the page."""
        raise DocumentError([Problem(code, message, Origin(self.file, self.line_of(line), 1), hint)])

    def _end_block(self) -> None:
        if self._block:
            self._found.append((" ".join("".join(self._block).split()), self._block_at))
            self._block = []
        if self._rows and self._rows[-1].cells:
            # A line break between two words of a cell keeps them apart.
            self._rows[-1].cells[-1].append(" ")

    def _at(self) -> Origin:
        line, column = self.getpos()
        return Origin(self.file, self.line_of(line), column + 1)

    # -- what they come to --------------------------------------------------------------------------------------------

    def report(self, form: Form) -> Report:
        self._end_block()
        tests, words, notes = self._tests()
        if not tests:
            message = "there is no test in this page: it is no validation report, or of a kind that is not known"
            hint = "give the .xml report, or what Test-Cluster printed"
            raise DocumentError([Problem(codes.NOT_A_REPORT, message, Origin(self.file), hint)])
        notes += unknown_results(zip(tests, words, strict=True))
        texts = [(" ".join(each.texts()), each.origin) if isinstance(each, _Row) else each for each in self._found]
        nodes: dict[str, Said[str]] = {}
        for text, origin in texts:
            if found := _NODE.match(text):
                nodes.setdefault(found[1], Said(found[1], origin))
        date = self._date(texts)
        if date is None:
            notes.append(note("the report does not say on which day it was made", Origin(self.file)))
        return Report(
            file=self.file,
            form=form,
            outcome=outcome_of(tests),
            date=date,
            unselected=unselected_in(texts, tests),
            tests=tuple(tests),
            itemised=True,
            nodes=tuple(nodes.values()),
            nodes_complete=bool(nodes),
            notes=tuple(notes),
        )

    def _tests(self) -> tuple[list[Test], list[str], list[Problem]]:
        """The tests with the words for their results. A row named like a category sums that category up."""
        tests, words, notes = [], [], []
        titles = set(_TITLES)
        current = ""
        for each in self._found:
            if not isinstance(each, _Row):
                title = each[0].removesuffix(":").strip()
                current = known_name(title) if known_name(title) in titles else current
                continue
            cells = each.texts()
            if not (each.link and len(cells) == 3 and cells[0]):
                if len(cells) == 1 and known_name(cells[0]) in titles:
                    current = known_name(cells[0])
                continue
            name = known_name(cells[0]) or cells[0]
            if name in titles:
                continue
            # The sign has no text of its own, or says the same.
            word = cells[2] or cells[1]
            if not current:
                notes.append(note(f"no category is named above “{name[:80]}”", each.origin))
            tests.append(Test(current, name, result_of(word), each.origin))
            words.append(word)
        return tests, words, notes

    def _date(self, texts: list[tuple[str, Origin]]) -> Said[str] | None:
        if day := day_in_name(self.file):
            return Said(day, Origin(self.file))
        for text, origin in texts:
            started = _STARTED.match(text)
            if started and (day := day_of(started[1])):
                return Said(day, origin)
            if day := day_in_name(text):
                return Said(day, origin)
        return None
