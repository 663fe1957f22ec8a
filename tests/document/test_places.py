from __future__ import annotations

import copy
import pickle

import pytest

from supportable.document import Document, Map, Plain, Seq, pointer_steps, read_text
from supportable.origin import Origin

TEXT = """\
machines:
  - {id: host1, os: {name: windows-server}}
  - id: vm1
    "a/b": 1
    m~n:
    "": x
tags:
- one
-   two
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(TEXT, "it.yaml")


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        ("", (1, 1), (1, 1)),
        ("/machines", (2, 3), (1, 1)),
        ("/machines/0", (2, 5), (2, 5)),
        ("/machines/0/os/name", (2, 28), (2, 22)),
        ("/machines/1/id", (3, 9), (3, 5)),
        ("/machines/1/a~1b", (4, 12), (4, 5)),
        ("/machines/1/m~0n", (5, 9), (5, 5)),
        ("/machines/1/", (6, 9), (6, 5)),
        ("/tags/1", (9, 5), (9, 5)),
    ],
)
def test_a_pointer_leads_to_the_value_and_to_its_key(
    document: Document, pointer: str, value: tuple[int, int], key: tuple[int, int]
) -> None:
    assert document.origin_of(pointer) == Origin("it.yaml", *value)
    assert document.origin_of_key(pointer) == Origin("it.yaml", *key)


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/nothing", (1, 1)),
        ("/machines/7/id", (2, 3)),
        ("/machines/-", (2, 3)),
        ("/machines/00", (2, 3)),
        ("/machines/²", (2, 3)),
        ("/machines/" + "9" * 5000, (2, 3)),
        ("/machines/0/os/release/x", (2, 21)),
        ("/machines/0/id/x/y", (2, 10)),
    ],
)
def test_where_a_pointer_leads_nowhere_the_nearest_ancestor_answers(
    document: Document, pointer: str, place: tuple[int, int]
) -> None:
    assert document.origin_of(pointer) == Origin("it.yaml", *place)
    assert document.origin_of_key(pointer) == Origin("it.yaml", *place)


@pytest.mark.parametrize("text", ["machines", "#/machines", " "])
def test_text_that_is_no_pointer_is_refused(document: Document, text: str) -> None:
    with pytest.raises(ValueError, match="JSON Pointer"):
        document.origin_of(text)


def test_escapes_of_pointers_are_undone_in_the_order_of_the_standard() -> None:
    assert pointer_steps("/~01/~10//a") == ["~1", "/0", "", "a"]


def test_maps_and_lists_carry_the_places_of_their_members(document: Document) -> None:
    root = document.root
    assert isinstance(root, Map)
    tags = root["tags"]
    assert isinstance(tags, Seq)
    assert (root.mark, root.key_marks, root.value_marks) == (
        (1, 1),
        {"machines": (1, 1), "tags": (7, 1)},
        {"machines": (2, 3), "tags": (8, 1)},
    )
    assert (tags.mark, tags.item_marks) == ((8, 1), [(8, 3), (9, 5)])


def test_values_made_in_memory_have_no_place_but_behave() -> None:
    document = Document("<memory>", Map({"a": Seq([Plain("1")])}), "")
    assert document.origin_of("/a/0") == Origin("<memory>", 0, 0)


@pytest.mark.parametrize("copier", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_documents_survive_copying_with_their_places(document: Document, copier: object) -> None:
    assert callable(copier)
    again = copier(document)
    assert again == document
    assert again.origin_of("/machines/0/os/name") == document.origin_of("/machines/0/os/name")
    assert type(again.root["tags"][0]) is Plain
