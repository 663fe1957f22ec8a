"""The XML report that a validation run leaves beside the one for people.

It is a tree of channels. One of type `Summary` is a category, named by its `ChannelName`; one that names a category in
`SummaryChannel` is a test, with its name in `Title` and its outcome in `Result`. The file is taken to be hostile:
document types, and with them entities of any kind, are refused.
"""

from __future__ import annotations

import io
import re
import xml.sax
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn
from xml.sax.handler import ContentHandler, feature_namespaces

from supportable.errors import DocumentError, Problem, UsageError
from supportable.evidence import codes
from supportable.evidence.model import Report, Said, Test
from supportable.evidence.outcomes import note, outcome_of, unknown_results, unselected_in
from supportable.evidence.words import day_in_name, day_of, result_of
from supportable.origin import Origin

_MOST_DEPTH: Final = 64
_MOST_CHANNELS: Final = 50_000
_FIELDS: Final = frozenset(("channelname", "summarychannel", "title", "result"))
_NODE: Final = re.compile(r"\s*Node\s*:\s*([\w.-]{1,255})(?:\s+Validated)?\s*\.?\s*\Z")
_STARTED: Final = re.compile(r"\s*Started\s*:?\s+(\S.*)", re.DOTALL)


def read_xml_report(data: bytes, file: str) -> Report:
    """The run that an XML report tells of.

    Raises DocumentError for what is not such a report, is broken, or brings a document type; UsageError if the package
    that reads XML safely is not installed.
    """
    try:
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - an extra
        from defusedxml.sax import make_parser  # noqa: PLC0415
    except ImportError:
        message = "to read XML reports, the extra “evidence” has to be installed"
        hint = "pip install 'supportable[evidence]', or give the .htm report or what Test-Cluster printed"
        raise UsageError([Problem(codes.NO_XML_READER, message, Origin(file), hint)]) from None
    handler = _Channels(file)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, False)
    parser.setContentHandler(handler)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        _refuse(
            codes.HOSTILE_XML, "a document type or entity is declared here, and no report has one",
            Origin(file, parser.getLineNumber() or 0, (parser.getColumnNumber() or 0) + 1),
            "take the report anew from the cluster",
        )  # fmt: skip
    except xml.sax.SAXParseException as error:
        origin = Origin(file, error.getLineNumber() or 0, (error.getColumnNumber() or 0) + 1)
        what = f"not well-formed XML: {error.getMessage()}"
        _refuse(codes.BROKEN_XML, what, origin, "is the file cut off? take the report anew")
    except (xml.sax.SAXException, ValueError, LookupError) as error:
        _refuse(codes.BROKEN_XML, f"this XML cannot be read: {error}", Origin(file), "take the report anew")
    return handler.report()


def _refuse(code: str, message: str, origin: Origin, hint: str = "") -> NoReturn:
    raise DocumentError([Problem(code, message, origin, hint)])


@dataclass(slots=True)
class _Channel:
    """A channel while it is read: its own fields, with the places of their values."""

    id: str
    type: str
    origin: Origin
    fields: dict[str, Said[str]] = field(default_factory=dict)

    def said(self, name: str) -> str:
        held = self.fields.get(name)
        return held.value.strip() if held is not None else ""


class _Channels(ContentHandler):
    """What collects channels from the parser's events."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self._locator: Any = None
        self._path: list[str] = []
        self._open: list[_Channel] = []
        self._text: list[str] = []
        self._text_at = Origin(file)
        self._texts: list[tuple[str, Origin]] = []
        self._channels: list[_Channel] = []

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - the parser's name for it
        """Keep what tells where the parser is."""
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        """Open a channel or a field of one."""
        local = name.rpartition(":")[2].casefold()
        if not self._path and local != "report":
            _refuse(
                codes.NOT_A_REPORT, f"the root is <{name[:60]}>, and that of a validation report <Report>", self._at()
            )
        self._path.append(local)
        if len(self._path) > _MOST_DEPTH or len(self._channels) > _MOST_CHANNELS:
            _refuse(codes.HOSTILE_XML, "elements stand too deep inside one another, or are too many", self._at())
        if local == "channel":
            given = {key.rpartition(":")[2].casefold(): value for key, value in attrs.items()}
            self._open.append(_Channel(given.get("id", "").strip(), given.get("type", ""), self._at()))
        self._text.clear()

    def characters(self, content: str) -> None:
        """Keep text, and where it begins."""
        if not self._text:
            self._text_at = self._at()
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        """Close a field or a channel."""
        text, self._text = "".join(self._text), []
        local = self._path.pop()
        if text.strip():
            if local not in _FIELDS and local != "value":
                self._texts.append((text, self._text_at))
            owner = local if local in _FIELDS else self._path[-1] if local == "value" and self._path else ""
            if self._open and owner in _FIELDS:
                self._open[-1].fields.setdefault(owner, Said(text, self._text_at))
        if local == "channel":
            self._channels.append(self._open.pop())

    def report(self) -> Report:
        categories = {
            each.id.casefold(): each.said("channelname") or each.said("title")
            for each in self._channels
            if each.type.casefold() == "summary"
        }
        tests, words, notes = [], [], []
        for channel in self._channels:
            summary = channel.said("summarychannel")
            if not summary or channel.type.casefold() == "summary":
                continue
            name, word = channel.said("title"), channel.said("result")
            held = channel.fields.get("result")
            origin = channel.origin if held is None else held.origin
            category = categories.get(summary.casefold(), "")
            if not category:
                notes.append(note(f"“{name[:80]}” is of a category that the report does not name", origin))
            tests.append(Test(category, " ".join(name.split()), result_of(word), origin))
            words.append(word)
        if not tests:
            _refuse(codes.NOT_A_REPORT, "this XML holds no test with a category", Origin(self.file, 1, 1))
        # What is missing from a test's channel must not pass for a test that went well.
        notes += unknown_results(zip(tests, words, strict=True))
        nodes: dict[str, Said[str]] = {}
        for text, origin in self._texts:
            if found := _NODE.match(text):
                nodes.setdefault(found[1], Said(found[1], origin))
        date = self._date()
        if date is None:
            notes.append(note("the report does not say on which day it was made", Origin(self.file)))
        return Report(
            file=self.file,
            form="xml",
            outcome=outcome_of(tests),
            date=date,
            unselected=unselected_in(self._texts, tests),
            tests=tuple(tests),
            itemised=True,
            nodes=tuple(nodes.values()),
            nodes_complete=bool(nodes),
            notes=tuple(notes),
        )

    def _date(self) -> Said[str] | None:
        if day := day_in_name(self.file):
            return Said(day, Origin(self.file))
        for text, origin in self._texts:
            started = _STARTED.match(text)
            if started and (day := day_of(started[1])):
                return Said(day, origin)
            if day := day_in_name(text):
                return Said(day, origin)
        return None

    def _at(self) -> Origin:
        if self._locator is None:
            return Origin(self.file)
        return Origin(self.file, self._locator.getLineNumber() or 0, (self._locator.getColumnNumber() or 0) + 1)
