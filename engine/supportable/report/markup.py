"""Trees of markup, for HTML, SVG and XML: text is text wherever it comes from, as it never passes through a template.

The tree and its serialisers are those of the standard library. What they leave to the caller is done here: characters
that XML cannot hold, and those that change the direction of the text around them, are spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element, tostring

Content = Element | str

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters (not tab and line feed), marks that turn the direction of text, lone surrogates, tags."""


def inert(text: str) -> str:
    """`text` with every character that steers rather than shows spelled out as its escape."""
    return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def el(tag: str, attributes: Mapping[str, str] | str = "", *content: Content) -> Element:
    """An element. A text in place of the attributes is its class, "" for none."""
    given = ({"class": attributes} if attributes else {}) if isinstance(attributes, str) else attributes
    element = Element(tag, {name: inert(value) for name, value in given.items()})
    last: Element | None = None
    for part in content:
        if isinstance(part, str):
            if last is None:
                element.text = (element.text or "") + inert(part)
            else:
                last.tail = (last.tail or "") + inert(part)
        else:
            element.append(part)
            last = part
    return element


def as_html(root: Element) -> str:
    """The document as HTML."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def as_xml(root: Element, *, declared: bool = True) -> str:
    """The document as XML, to be stored in UTF-8."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if declared else ""
    return head + tostring(root, encoding="unicode") + "\n"


def is_web_address(text: str) -> bool:
    """Whether `text` may become a link: http or https, and nothing that a browser would run."""
    return re.fullmatch(r"https?://[^\s<>\"'\\^`{|}\x00-\x20]+", text) is not None
