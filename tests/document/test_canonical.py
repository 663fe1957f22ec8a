from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import Plain, canonical_json, read_text
from supportable.document.refusals import FORBIDDEN
from tests.document.test_yaml_writer import as_read

any_text = st.text(st.characters(exclude_categories=["Cs"]))
allowed_text = any_text.filter(lambda text: not FORBIDDEN.search(text))


def values(texts: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
        max_leaves=20,
    )


def reordered(value: object, chance: random.Random) -> object:
    if isinstance(value, dict):
        items = [(key, reordered(each, chance)) for key, each in value.items()]
        chance.shuffle(items)
        return dict(items)
    return [reordered(each, chance) for each in value] if isinstance(value, list) else value


@given(values(any_text))
def test_reading_it_gives_back_the_value(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@given(values(allowed_text))
def test_our_own_reader_gives_it_back_too(value: object) -> None:
    assert read_text(canonical_json(value), "it.json").root == as_read(value)


@given(values(any_text), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_show(value: object, chance: random.Random) -> None:
    assert canonical_json(reordered(value, chance)) == canonical_json(value)


def test_the_bytes_are_settled() -> None:
    value = {"b": [1, True, None, (-2,)], "a": 'é"\n', "B": {}, "ab": Plain("12"), "": "😀"}
    assert canonical_json(value) == '{"":"😀","B":{},"a":"é\\"\\n","ab":"12","b":[1,true,null,[-2]]}'.encode()


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), [1.5], {"a": {"b": 0.0}}, {1: "a"}, {"a": 1, None: 2}, {1, 2}, b"a"]
)
def test_what_has_no_settled_spelling_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        canonical_json(value)
    assert caught.type is TypeError or value != value  # noqa: PLR0124 - NaN alone is refused by the encoder


def test_a_value_inside_itself_and_half_a_pair_are_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(ValueError, match="Circular"):
        canonical_json(endless)
    with pytest.raises(ValueError, match="surrogate"):
        canonical_json("\ud800")
