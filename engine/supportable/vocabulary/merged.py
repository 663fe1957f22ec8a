"""The product sections of several documents as one, each problem still noted where it was written."""

from __future__ import annotations

from typing import Any, Final

from supportable.document import Document
from supportable.errors import Problem
from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.shape import Shape, below

TWICE: Final = "SUP217"

Places = dict[str, tuple[Shape, str]]
"""The pointer of each merged entry to the document it came from and its pointer there."""


class Merged(Shape):
    """The inspection of values that were merged from several documents."""

    __slots__ = ("_places",)

    def __init__(self, problems: list[Problem], places: Places) -> None:
        super().__init__(Document("<merged>", None, ""), problems)
        self._places = places

    def origin(self, pointer: str) -> Origin:
        """Where the value at `pointer` of the merged values stands in its own document."""
        shape, own = self._own(pointer)
        return shape.origin(own) if shape is not None else NOWHERE

    def key_origin(self, pointer: str) -> Origin:
        """Where the key of the value at `pointer` of the merged values stands in its own document."""
        shape, own = self._own(pointer)
        return shape.key_origin(own) if shape is not None else NOWHERE

    def _own(self, pointer: str) -> tuple[Shape | None, str]:
        steps = pointer.split("/")
        for length in (3, 2):
            entry = "/".join(steps[:length])
            if entry in self._places:
                shape, own = self._places[entry]
                return shape, "/".join([own, *steps[length:]])
        return None, pointer


def merge_product_sections(roots: list[tuple[Shape, dict[str, object]]]) -> tuple[dict[str, Any], Places]:
    """The sections `products`, `architectures` and `noise` of all documents, and where each entry came from.

    A product or architecture that two documents define is noted; the first stays.
    """
    places: Places = {}
    data: dict[str, Any] = {}
    for section in ("products", "architectures"):
        entries: dict[str, object] = {}
        for shape, root in roots:
            places.setdefault(f"/{section}", (shape, f"/{section}"))
            for name, pointer, held in shape.items(root.get(section), f"/{section}", section):
                if name in entries:
                    first, own = places[pointer]
                    hint = f"it is defined at {first.key_origin(own)} already"
                    shape.note_key(TWICE, f"“{name}” is defined twice", pointer, hint)
                else:
                    entries[name] = held
                    places[pointer] = (shape, pointer)
        data[section] = entries
    noise: list[object] = []
    for shape, root in roots:
        for pointer, item in shape.sequence(root.get("noise"), "/noise", "noise"):
            places[below("/noise", len(noise))] = (shape, pointer)
            noise.append(item)
    data["noise"] = noise
    return data, places
