"""A verdict over HTTP is written by another encoder than the engine's: both must write the same bytes."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import canonical_json
from supportable.intake import load_design
from supportable.packs import PackSet
from supportable.verdict import evaluate, to_bytes
from supportable_api.judged import canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


@given(VALUES)
def test_what_both_write_is_the_same(value: Any) -> None:
    assert orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == canonical_json(value)


@pytest.mark.parametrize("name", ["plain", 'tab\tquote"back\\slash', "é \U0001f600 \ufffd", "<script>&amp;"])
def test_a_verdict_has_the_bytes_of_the_engine(packs: PackSet, name: str) -> None:
    design = {"design": "d", "machines": [{"id": "n1", "kind": "physical", "model": name, "os": "Windows Server 2008"}]}
    verdict = evaluate(load_design(design, packs.vocabulary), packs, as_of=date(2009, 7, 1))
    assert canonical(verdict) == to_bytes(verdict)
