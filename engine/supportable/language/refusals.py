"""What to say where an expression cannot be read: the likeliest slip at that place, and how it is written here."""

from __future__ import annotations

import re
from typing import Final

from supportable.language import codes
from supportable.language.source import Source, brief

_WORDS: Final = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "is": "==",
    "eq": "==",
    "ne": "!=",
    "mod": "no remainder",
    "if": "condition ? a : b",
    "then": "condition ? a : b",
    "else": "condition ? a : b",
}
"""Words of other languages that stand where an operator is due, and what stands for them here."""

_WHOLE_TEXT: Final = re.compile(r"\"(?:[^\"\\\n\r]|\\[^\n\r])*\"|'(?:[^'\\\n\r]|\\[^\n\r])*'")
_LAST_WORD: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*\Z")
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTES: Final = "\"'"
_CURLY: Final = "“”„‟‘’‚‛«»`"

_SIGNS: Final = (
    ("===", 2, "write =="),
    ("!==", 2, "write !="),
    ("<>", 1, "write !="),
    ("=>", 0, "write >="),
    ("=<", 0, "write <="),
    ("!in", 0, "write !(x in list)"),
    ("//", 0, "comments belong outside of the expression"),
    ("?.", 1, "write a plain “.”: through what is none, everything is none"),
    ("??", 1, "write x == none ? a : x"),
)
"""Signs of other languages, how far into them the first unreadable character stands, and what is written here."""

_CHARACTERS: Final = {
    "=": (codes.FOREIGN_OPERATOR, "a single “=” compares nothing", "write =="),
    "&": (codes.FOREIGN_OPERATOR, "a single “&” joins nothing", "write &&"),
    "|": (codes.FOREIGN_OPERATOR, "a single “|” joins nothing", "write ||"),
    "/": (codes.FOREIGN_OPERATOR, "there is no “/”", "write a div b, which rounds down; comments are not allowed here"),
    "%": (codes.FOREIGN_OPERATOR, "there is no “%”", "a remainder is a - (a div b) * b"),
    "#": (codes.CHARACTER, "“#” cannot stand in an expression", "comments belong outside of it"),
    '"': (codes.BAD_TEXT, "the text that begins here does not end", 'close it with "; a quote in it is written \\"'),
    "'": (codes.BAD_TEXT, "the text that begins here does not end", "close it with '; a quote in it is written \\'"),
    "≥": (codes.FOREIGN_OPERATOR, "“≥” is not an operator here", "write >="),
    "≤": (codes.FOREIGN_OPERATOR, "“≤” is not an operator here", "write <="),
    "≠": (codes.FOREIGN_OPERATOR, "“≠” is not an operator here", "write !="),
    "\u00a0": (codes.CHARACTER, "a no-break space cannot stand here", "write a plain space"),
}


def refuse(source: Source, offset: int) -> None:
    """Note why the source cannot be read on from `offset`, the place of a character or of the end."""
    text = source.text
    before = _LAST_WORD.search(text[:offset])
    if before and before[1] in ("not", "if") and offset < len(text) and text[offset] not in ".,)]":
        _foreign(source, before[1], before.start())
        return
    if offset >= len(text):
        source.note(codes.SYNTAX, "the expression ends too early", offset, _unclosed(text))
        return
    for sign, before_it, hint in _SIGNS:
        if offset >= before_it and text.startswith(sign, offset - before_it):
            message = f"“{sign}” is not an operator here"
            source.note(codes.FOREIGN_OPERATOR, message, offset - before_it, hint)
            return
    character = text[offset]
    word = _WORD.match(text, offset)
    if word and word[0] in _WORDS:
        _foreign(source, word[0], offset)
    elif character in _CHARACTERS and not _WHOLE_TEXT.match(text, offset):
        code, message, hint = _CHARACTERS[character]
        source.note(code, message, offset, hint)
    elif character in _CURLY:
        source.note(codes.CHARACTER, "a curly quote does not open a text", offset, 'use straight quotes, "like this"')
    elif not character.isascii() or not character.isprintable():
        shown = f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
        source.note(codes.CHARACTER, f"the character {shown} cannot stand here", offset, "text stands in quotes")
    else:
        shown = f"“{brief(word[0]) if word else _symbol(text, offset)}”"
        source.note(
            codes.SYNTAX,
            f"{'a text' if character in _QUOTES else shown} cannot stand here",
            offset,
            _between(text, offset),
        )


def _foreign(source: Source, word: str, offset: int) -> None:
    hint = f"write {_WORDS[word]}"
    if word == "not" and re.match(r"not\s+in\b", source.text[offset:]):
        hint = "write !(x in list)"
    elif word == "is" and re.match(r"is\s+not\b", source.text[offset:]):
        hint = "write !="
    elif word == "mod":
        hint = "a remainder is a - (a div b) * b"
    source.note(codes.FOREIGN_OPERATOR, f"“{word}” is not an operator here", offset, hint)


def _symbol(text: str, offset: int) -> str:
    for long in ("==", "!=", "<=", ">=", "&&", "||"):
        if text.startswith(long, offset):
            return long
    return text[offset]


def _unclosed(text: str) -> str:
    """A hint which bracket is left open, texts skipped."""
    left: list[str] = []
    for found in re.findall(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[][(){}]""", text):
        if found in "([{":
            left.append(found)
        elif found in ")]}" and left:
            left.pop()
    if left:
        return f"a “{left[-1]}” is not closed"
    return "an operand is missing"


def _between(text: str, offset: int) -> str:
    before = text[:offset].rstrip()
    if not before:
        return "an expression begins with a name, a literal or a bracket"
    if before[-1].isalnum() or before[-1] in "_\"')]}":
        closes = text[offset] in ")]}"
        return "nothing is open that it closes" if closes else "an operator is missing before it"
    return "an operand is missing before it"
