"""The complaints of the YAML parser, said again for somebody who did not write a YAML parser."""

from __future__ import annotations

import re
from typing import Final, NoReturn

import yaml

from supportable.document import codes
from supportable.document.decoding import marks_at
from supportable.document.faults import Faults, shown
from supportable.document.values import UNMARKED, Mark

_QUOTE: Final = "put the text in quotes"
_ALIGN: Final = "begin keys or items of one level in the same column, and indent what belongs to them"
_BACKSLASH: Final = "inside double quotes write “\\\\”, or use single quotes, where a backslash is just a backslash"

# What the parser complains of → (what is wrong, what to do). {opened} is the line where the construct begins.
_WORDINGS: Final = {
    "mapping values are not allowed in this context": (
        "a “: ” stands where no key can be",
        "if the colon belongs to a text, put that text in quotes; if not, check the indentation",
    ),
    "could not find expected ':'": ("a key without “:” after it", "write “key: value”, with a space after the colon"),
    "did not find expected key": ("no key was found where one is due", _ALIGN),
    "did not find expected '-' indicator": ("no “- ” was found where a list item is due", _ALIGN),
    "did not find expected ',' or ']'": ("the list opened with “[” in line {opened} is not closed", "add “]” or “,”"),
    "did not find expected ',' or '}'": ("the map opened with “{{” in line {opened} is not closed", "add “}}” or “,”"),
    "did not find expected node content": ("a value is missing", "is there a comma or bracket too many?"),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin here with “- ”",
        "begin the list on a line of its own; if “-” belongs to a text, put it in quotes",
    ),
    "mapping keys are not allowed in this context": ("a “?” stands where no key can be", _QUOTE),
    "found unexpected end of stream": ("the quotation mark in line {opened} is not closed", "add the closing mark"),
    "found unexpected document indicator": (
        "the quotation mark in line {opened} is not closed",
        "add the closing mark",
    ),
    "found unknown escape character": ("this backslash does not begin an escape", _BACKSLASH),
    "did not find expected hexdecimal number": ("this backslash does not begin an escape", _BACKSLASH),
    "found unexpected ':'": ("a “:” stands where none can be", _QUOTE),
    "did not find expected alphabetic or numeric character": ("“*” and “&” cannot begin a text", _QUOTE),
    "did not find expected comment or line break": (
        "only a line break may follow “|” or “>”",
        "write the text on the lines below, indented; or put it in quotes",
    ),
    "found an indentation indicator equal to 0": ("a text cannot be indented by 0", "leave the number out"),
    "did not find expected <document start>": ("text goes on after the end of the value", _ALIGN),
    "found incompatible YAML document": ("this version of YAML is not known", "remove the %YAML line"),
}
_GOES_ON: Final = ("text goes on after the end of a value", "if it belongs together, put all of it in quotes")
_BAD_TAG: Final = ("“!” cannot begin a text", _QUOTE)
_BAD_DIRECTIVE: Final = ("“%” cannot begin a line", _QUOTE)
_LINE_END: Final = re.compile("[\n\r\x85\u2028\u2029]")
_TAB_IN_INDENT: Final = re.compile(r"^ *\t[ \t]*\S", re.MULTILINE)


def explain(error: yaml.YAMLError, text: str, faults: Faults) -> NoReturn:
    """Raise DocumentError through `faults` with the parser's complaint as one plain sentence and a way out."""
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", None)
        mark = next(marks_at(text, [position])) if isinstance(position, int) else UNMARKED
        faults.stop(codes.YAML_SYNTAX, f"not YAML: {getattr(error, 'reason', error)}", mark)
    problem, context = error.problem or "", error.context or ""
    found_at = error.problem_mark or error.context_mark
    line, column = _line_around(text, found_at)
    mark = _place(found_at)
    opened = _place(error.context_mark)[0] or mark[0]
    if "tab character" in problem or _TAB_IN_INDENT.match(line):
        others = sum(1 for _ in _TAB_IN_INDENT.finditer(text)) - 1
        more = f"; so are {others} other lines" if others > 1 else "; so is another line" if others == 1 else ""
        faults.stop(codes.TAB_INDENT, f"the line is indented with a tab{more}", mark, "indent with spaces")
    if problem == "found invalid Unicode character escape code":
        hint = "write the character itself; pairs of \\u escapes are read in .json files"
        faults.stop(codes.SURROGATE, "this \\u escape is no character", mark, hint)
    if problem == "found character that cannot start any token":
        character = shown(line[column : column + 1])
        faults.stop(codes.YAML_SYNTAX, f"{character} cannot begin a text", mark, _QUOTE)
    wording = _WORDINGS.get(problem)
    if problem == "did not find expected key" and line[:column].strip():
        wording = _GOES_ON
    if wording is None:
        if "tag" in context or "tag" in problem:
            wording = _BAD_TAG
        elif "directive" in context or "directive" in problem:
            wording = _BAD_DIRECTIVE
        else:
            wording = (f"not YAML: {problem} {context}".strip().replace("{", "{{").replace("}", "}}"), "")
    message, hint = (part.format(opened=opened) for part in wording)
    faults.stop(codes.YAML_SYNTAX, message, mark, hint)


def _place(mark: yaml.Mark | None) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark is not None else UNMARKED


def _line_around(text: str, mark: yaml.Mark | None) -> tuple[str, int]:
    """The line in which the parser stopped, and how many characters into it."""
    if mark is None:
        return "", 0
    start = mark.index - mark.column
    end = _LINE_END.search(text, start)
    return text[start : end.start() if end else len(text)], mark.column
