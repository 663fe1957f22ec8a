"""What `Test-Cluster` prints on a console.

It names only the tests that did not go well, each as a warning, and ends in flags, a sentence about them and the path
of the report. The console breaks lines wherever it is full, inside words too, and a warning may begin in mid-line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from supportable.errors import DocumentError, Problem
from supportable.evidence import codes
from supportable.evidence.model import Outcome, Report, Said, Test, TestOutcome
from supportable.evidence.outcomes import note, unselected_in
from supportable.evidence.words import (
    ALL_SELECTED,
    CATEGORIES,
    FLAGS,
    OTHER_CATEGORIES,
    SOME_SELECTED,
    day_in_name,
    known_name,
)
from supportable.origin import Origin


def _loose(words: str) -> str:
    """A pattern for `words` with white space between any two characters, as little of it as a console puts there."""
    return r"\s{0,8}".join(re.escape(each) for each in words if not each.isspace())


_WARNING: Final = re.compile(_loose("WARNING:"))
_TEST: Final = re.compile(_loose("WARNING:") + r"([^:]{1,400}?):\s*" + _loose("The test") + r"\b([^.]{1,120})\.")
_CATEGORY: Final = re.compile("|".join(_loose(name) for name in (*CATEGORIES, *OTHER_CATEGORIES)))
_RESULT: Final = re.compile(_loose("Test Result:") + r"\s*")
_FLAG: Final = re.compile("|".join([*(rf"{_loose(flag)}\b" for flag in sorted(FLAGS, key=len, reverse=True)), r"\w+"]))
_COMMA: Final = re.compile(r"\s*,\s*")
_SUMMARY: Final = re.compile(f"{_loose(SOME_SELECTED)}|{_loose(ALL_SELECTED)}")
_PATH: Final = re.compile(
    _loose("Validation Report") + r"\s*([\d.\s]{10,20})" + _loose("At") + r"\s*[\d.\s]{8,16}", re.IGNORECASE
)
_NODES: Final = re.compile(
    r"\bTest-Cluster\b[^|;\r\n]{0,400}?\s-N(?:ode?)?\s+((?:[\"']?[\w.-]{1,255}[\"']?\s{0,8},\s{0,8}){0,64}[\"']?[\w.-]{1,255})",
    re.IGNORECASE,
)

_BY_PLACE: Final = re.compile(
    r"^PS\b[^>\r\n]{0,300}>\s*Test-Cluster[ \t]+"
    r"((?:[\"']?[\w.][\w.-]{0,254}[\"']?\s{0,8},\s{0,8}){0,64}[\"']?[\w.][\w.-]{0,254}[\"']?)[ \t]*(?:[-|;\r\n]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""The command typed behind a prompt, with its nodes in the first place and without a name for them."""

_ESCAPE: Final = re.compile(r"\x1b\[[0-?]{0,32}[ -/]{0,8}[@-~]")
"""What colours a console."""

_DASH: Final = re.compile(r"\s*[-–]\s*")
_MOST_NOTES: Final = 1_000
_MOST_FLAGS: Final = 64

# What a test did, by a word of the sentence about it.
_ENDED: Final[tuple[tuple[str, TestOutcome], ...]] = (
    ("fail", "failed"), ("error", "failed"), ("cancel", "cancelled"), ("warning", "warning"),
    ("notrun", "not-run"), ("notselected", "not-run"), ("skipped", "not-run"),
)  # fmt: skip


def read_transcript(text: str, file: str) -> Report:
    """The run that a transcript tells of.

    Raises DocumentError for a text without test results, and for one with those of several runs.
    """
    return _Transcript(_ESCAPE.sub("", text), file).report()


class _Transcript:
    """A transcript, where its lines begin, and how wide its console was."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
        self.width = max(len(line.rstrip()) for line in text.splitlines()) if text.strip() else 0
        self.notes: list[Problem] = []

    def report(self) -> Report:
        results = list(_RESULT.finditer(self.text))
        tests = self._tests()
        if not results and not tests:
            message = "there is no “Test Result:” here, and no test: this is no transcript of Test-Cluster"
            hint = "give what Test-Cluster printed, in English, or its report as .xml, .htm or .mht"
            raise DocumentError([Problem(codes.NOT_A_REPORT, message, Origin(self.file, 1, 1), hint)])
        if len(results) > 1:
            origin = self._origin(results[1].start())
            message = f"a second run ends here; the first ended in line {self._origin(results[0].start()).line}"
            raise DocumentError([Problem(codes.SEVERAL_RUNS, message, origin, "keep one run in a file")])
        flags = self._flags(results[0].end()) if results else []
        if not results:
            end = self._origin(len(self.text))
            self._note("the transcript ends before “Test Result:”, so that the outcome is not known", end)
        return Report(
            file=self.file,
            form="transcript",
            outcome=self._outcome(tests, flags),
            date=self._date(),
            unselected=self._unselected(flags, tests),
            tests=tuple(tests),
            itemised=False,
            nodes=self._nodes(),
            nodes_complete=False,
            notes=tuple(self.notes),
        )

    # -- the parts ----------------------------------------------------------------------------------------------------

    def _tests(self) -> list[Test]:
        found: dict[int, Test] = {}
        for match in _TEST.finditer(self.text):
            origin = self._origin(match.start())
            category, name = self._named(match.start(1), match.end(1))
            did = re.sub(r"\s+", "", match[2]).casefold()
            outcome = next((outcome for word, outcome in _ENDED if word in did), None)
            if outcome is None:
                said = self._plain(match.start(2), match.end(2))
                self._note(f"what is said of the test “{name[:80]}” has no meaning here: {said}", origin)
            if not category:
                self._note(f"no category is named for “{name[:80]}”", origin)
            found[match.start()] = Test(category, name, outcome, origin)
        for match in _WARNING.finditer(self.text):
            if match.start() not in found and not _RESULT.match(self.text, self._past_space(match.end())):
                rest = self.text[match.end() : match.end() + 80].splitlines()[:1]
                self._note(f"this warning is not about a test: {''.join(rest).strip()}", self._origin(match.start()))
        return list(found.values())

    def _named(self, start: int, end: int) -> tuple[str, str]:
        """The category and the name that stand before the colon, between two places of the text."""
        begin = self._past_space(start)
        if known := _CATEGORY.match(self.text, begin, end):
            after = _DASH.match(self.text, known.end(), end)
            if after is not None:
                return known_name(known[0]), self._name(after.end(), end)
        plain = self._plain(start, end)
        category, dash, name = plain.partition(" - ")
        return (category, known_name(name) or name) if dash else ("", plain)

    def _name(self, start: int, end: int) -> str:
        return known_name(self.text[start:end]) or self._plain(start, end)

    def _flags(self, start: int) -> list[Said[str]]:
        flags: list[Said[str]] = []
        at = start
        while len(flags) < _MOST_FLAGS and (match := _FLAG.match(self.text, at)):
            flags.append(Said(re.sub(r"\s+", "", match[0]), self._origin(match.start())))
            comma = _COMMA.match(self.text, match.end())
            if comma is None:
                break
            at = comma.end()
        if len(flags) >= _MOST_FLAGS:
            what = "there are more flags here than a run can have"
            raise DocumentError([Problem(codes.NOT_A_REPORT, what, flags[0].origin)])
        for flag in flags:
            if flag.value not in FLAGS:
                message = f"the flag “{flag.value[:60]}” has no meaning here, so that the outcome is not known from it"
                self._note(message, flag.origin)
        return flags

    def _outcome(self, tests: list[Test], flags: list[Said[str]]) -> Said[Outcome] | None:
        approved = [flag for flag in flags if FLAGS.get(flag.value) is not None]
        failed = next((test for test in tests if test.outcome == "failed"), None)
        if failed is not None and approved:
            message = f"“{approved[0].value}” is said of a run in which a test failed, in line {failed.origin.line}"
            self._note(f"{message}: the outcome is not known", approved[0].origin)
            return None
        if failed is not None:
            return Said("failed", failed.origin)
        if len(approved) != 1 or any(flag.value not in FLAGS for flag in flags):
            return None
        if any(test.outcome in (None, "cancelled") for test in tests):
            message = f"“{approved[0].value}” is said of a run in which a test was cancelled or ended in an unknown way"
            self._note(f"{message}: the outcome is not known", approved[0].origin)
            return None
        outcome = FLAGS[approved[0].value]
        assert outcome is not None
        return Said(outcome, approved[0].origin)

    def _unselected(self, flags: list[Said[str]], tests: list[Test]) -> Said[bool] | None:
        for flag in flags:
            if flag.value == "HadUnselectedTests":
                return Said(True, flag.origin)
        summaries = [
            (known, self._origin(found.start()))
            for found in _SUMMARY.finditer(self.text)
            for known in (SOME_SELECTED, ALL_SELECTED)
            if re.sub(r"\s+", "", found[0]) == known.replace(" ", "")
        ]
        said = unselected_in(summaries, tests)
        if said is None and flags and all(flag.value in FLAGS for flag in flags):
            return Said(False, flags[0].origin)
        return said

    def _date(self) -> Said[str] | None:
        days: dict[str, Origin] = {}
        for found in _PATH.finditer(self.text):
            day = day_in_name(re.sub(r"\s+", "", found[0]))
            if day:
                days.setdefault(day, self._origin(found.start()))
        if len(days) == 1:
            ((day, origin),) = days.items()
            return Said(day, origin)
        if days:
            self._note(f"several days are named: {', '.join(sorted(days))}", next(iter(days.values())))
        else:
            self._note("the name of the report does not say on which day it was made", Origin(self.file))
        return None

    def _nodes(self) -> tuple[Said[str], ...]:
        named: dict[str, Origin] = {}
        for found in (*_NODES.finditer(self.text), *_BY_PLACE.finditer(self.text)):
            line = bisect_right(self.starts, found.start())
            end = self.starts[line] if line < len(self.starts) else len(self.text)
            if len(self.text[self.starts[line - 1] : end].rstrip("\r\n")) >= self.width:
                # The line is full: the command may go on in the next, in the middle of a name.
                continue
            for node in found[1].split(","):
                named.setdefault(node.strip().strip("\"'"), self._origin(found.start(1)))
        return tuple(Said(name, origin) for name, origin in named.items() if name)

    # -- places and spaces --------------------------------------------------------------------------------------------

    def _plain(self, start: int, end: int) -> str:
        """The text between two places, on one line. A line as wide as the console was cut where it was full, any other
        at a space."""
        joined = ""
        line = bisect_right(self.starts, start)
        at = start
        while at < end:
            begins, ends = self.starts[line - 1], self.starts[line] if line < len(self.starts) else len(self.text)
            written = self.text[at : min(ends, end)].rstrip("\r\n")
            full = len(self.text[begins:ends].rstrip("\r\n")) >= self.width
            joined += written if full else written.rstrip() + " "
            at, line = ends, line + 1
        return " ".join(joined.split())

    def _past_space(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _origin(self, index: int) -> Origin:
        line = bisect_right(self.starts, index)
        return Origin(self.file, line, index - self.starts[line - 1] + 1)

    def _note(self, message: str, origin: Origin) -> None:
        if len(self.notes) >= _MOST_NOTES:
            what = f"more than {_MOST_NOTES:,} things here have no meaning: this is no transcript of Test-Cluster"
            raise DocumentError([Problem(codes.NOT_A_REPORT, what, origin)])
        self.notes.append(note(message, origin))
