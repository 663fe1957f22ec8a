# ruff: noqa: E501 - a message stands on one line, as it is told
from __future__ import annotations

import datetime
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import Plain
from supportable.vocabulary.convert import (
    ConversionProblem,
    UnrecognisedProduct,
    convert,
    converter,
)
from supportable.vocabulary.members import Members
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    NEVER,
    TEXT,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    ScalarType,
)
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.vocabulary.documents import vocabulary

V = vocabulary()
SERVER = V.ladders["server"]
GIB = NumberType("GiB", 3, 0, 1_000_000_000)
KIND = EnumType(("physical", "virtual", "2008"))
P = Plain
DAY = datetime.date(2009, 5, 26)


def _named(value: object) -> str:
    return "many digits" if isinstance(value, int) and value > 10**30 else repr(value)[:60]


GOOD: list[tuple[ScalarType, object, object]] = [
    (BOOL, P("true"), True), (BOOL, P("True"), True), (BOOL, P("FALSE"), False), (BOOL, True, True),
    (INT, P("12"), 12), (INT, P("-3"), -3), (INT, P("+3"), 3), (INT, P("010"), 10), (INT, 12, 12),
    (INT, 2**63 - 1, 2**63 - 1), (INT, -(2**63), -(2**63)), (IntType(1, 64), P("64"), 64), (IntType(1, 64), 1, 1),
    (GIB, P("1.5"), 1500), (GIB, P("2"), 2000), (GIB, P("1e3"), 1_000_000), (GIB, P(".5"), 500), (GIB, 2, 2000),
    (GIB, 0.1, 100), (GIB, 1.5, 1500), (GIB, Decimal("0.001"), 1), (GIB, P("1000000"), 1_000_000_000), (GIB, 0, 0),
    (DATE, P("2009-05-26"), DAY.toordinal()), (DATE, "2009-05-26", DAY.toordinal()), (DATE, DAY, DAY.toordinal()),
    (TEXT, P("2008"), "2008"), (TEXT, P("no"), "no"), (TEXT, "none", "none"), (TEXT, "", ""), (TEXT, P("Ä€"), "Ä€"),
    (KIND, P("virtual"), "virtual"), (KIND, "virtual", "virtual"), (KIND, P("2008"), "2008"),
    (ProductType(), P("Acme Server 3"), SERVER.product(release="3")),
    (ProductType(), "asrv 2 large 64-bit SP1",
     SERVER.product(release="2", edition="large", service_pack=1, architecture="x64")),
    (ProductType(), {"name": "server", "release": P("2")}, SERVER.product(release="2")),
    (ProductType(), {"name": "server", "release": 2, "edition": P("unknown"), "service_pack": P("none"), "update": 4,
                     "architecture": "x86"},
     SERVER.product(release="2", service_pack=NONE, update=4, architecture="x86")),
    (ProductType(("server",)), {"release": "2"}, SERVER.product(release="2")),
    (ProductType(), {"name": None}, UNKNOWN_PRODUCT), (ProductType(), {}, UNKNOWN_PRODUCT),
    (ProductType(), SERVER.product(), SERVER.product()), (ProductType(("server",)), UNKNOWN_PRODUCT, UNKNOWN_PRODUCT),
    (ProductType(), P("Plan 9"), UnrecognisedProduct("Plan 9", ())),
    (ProductType(), P("Acme Servre 3"), UnrecognisedProduct("Acme Servre 3", ("Acme Server 3", "Acme Server", "Acme Server 4"))),
    (ProductType(("database",)), P("Acme Server 3"), UnrecognisedProduct("Acme Server 3", ())),
]  # fmt: skip


@pytest.mark.parametrize(("type", "written", "typed"), GOOD, ids=_named)
def test_a_written_value_becomes_a_typed_one(type: ScalarType, written: object, typed: object) -> None:
    found = convert(written, type, V)
    if isinstance(typed, UnrecognisedProduct) and isinstance(found, UnrecognisedProduct):
        # How near a title is, is the business of the names.
        assert (found.text, set(found.nearest) >= set(typed.nearest[:1])) == (typed.text, True)
    else:
        assert (found, found.__class__) == (typed, typed.__class__)


ISO = "write year, month and day, as in 2009-05-26"
BAD: list[tuple[ScalarType, object, str, str]] = [
    (BOOL, P("yes"), "“yes” is neither true nor false", "write true"),
    (BOOL, P("Off"), "“Off” is neither true nor false", "write false"),
    (BOOL, "true", "“true” is a text here", "write true without quotes"),
    (BOOL, 1, "true or false is due here, not “1”", ""),
    (BOOL, P("1"), "“1” is neither true nor false", "write true or false"),
    (INT, True, "a whole number is due here, not true", ""),
    (INT, P("true"), "“true” is no whole number", ""),
    (INT, "12", "a whole number is due here, not the text “12”", "write 12 without quotes"),
    (INT, "many", "a whole number is due here, not the text “many”", ""),
    (INT, P("1.0"), "“1.0” is no whole number", ""), (INT, P("1e3"), "“1e3” is no whole number", ""),
    (INT, P("0x10"), "“0x10” is no whole number", ""), (INT, P("1_000"), "“1_000” is no whole number", ""),
    (INT, 3.0, "a whole number is due here, not “3.0”", ""),
    (INT, 2**63, "the number does not fit 64 bits", ""), (INT, 10**5000, "the number does not fit 64 bits", ""),
    (INT, P("9" * 40), "the number does not fit 64 bits", ""),
    (IntType(1, 64), 0, "0 is less than 1, the least allowed here", ""),
    (IntType(1, 64), P("65"), "65 is more than 64, the most allowed here", ""),
    (GIB, "1.5", "a number is due here, not the text “1.5”", "write 1.5 without quotes"),
    (GIB, P("16 GB"), "“16 GB” is no number", "write 16 alone: it counts in GiB"),
    (GIB, "lots", "a number is due here, not the text “lots”", "write the number alone: it counts in GiB"),
    (GIB, P("0.0001"), "0.0001 is no multiple of 0.001, the smallest step here", ""),
    (GIB, 0.1 + 0.2, "0.30000000000000004 is no multiple of 0.001, the smallest step here", ""),
    (GIB, float("nan"), "NaN is no number", ""), (GIB, float("inf"), "Infinity is no number", ""),
    (GIB, Decimal("sNaN"), "sNaN is no number", ""),
    (GIB, True, "a number is due here, not true", ""), (GIB, [], "a number is due here, not a list", ""),
    (GIB, -1, "-1 is less than 0 GiB, the least allowed here", ""),
    (GIB, P("1000000.001"), "1000000.001 is more than 1000000 GiB, the most allowed here", ""),
    (NumberType("", 3), P("1e300"), "the number does not fit 64 bits", ""),
    (NumberType("", 3), 10**5000, "the number does not fit 64 bits", ""),
    (DATE, P("2009-02-29"), "“2009-02-29” is no day of the calendar", ""),
    (DATE, P("26.5.2009"), "“26.5.2009” is no date", ISO), (DATE, P("20090526"), "“20090526” is no date", ISO),
    (DATE, P("2009-05"), "“2009-05” is no date", ISO), (DATE, P("never"), "“never” is no date", ISO),
    (DATE, datetime.datetime(2009, 5, 26, tzinfo=datetime.UTC), "a date is due here, not “2009-05-26 00:00:00+00:00”", ISO),
    (DATE, 20090526, "a date is due here, not “20090526”", ISO),
    (TEXT, 2008, "a text is due here, not “2008”", 'write "2008"'),
    (TEXT, True, "a text is due here, not true", 'write "True"'),
    (TEXT, {}, "a text is due here, not a map", ""),
    (TEXT, "\ud800", "the text holds half of a surrogate pair, which is no character", ""),
    (KIND, P("virtul"), "“virtul” is none of the values allowed here", "did you mean “virtual”?"),
    (KIND, P("Virtual"), "“Virtual” is none of the values allowed here", "did you mean “virtual”?"),
    (KIND, 2008, "“2008” is none of the values allowed here", "did you mean “2008”?"),
    (KIND, ["virtual"], "a list is none of the values allowed here", "known here: 2008, physical, virtual"),
    (ProductType(), 3, "a product is due here, not “3”", "write its name, as in “Windows Server 2008 R2”"),
    (ProductType(("database",)), {"name": "server"}, "the product “server” is not allowed here", "known here: database"),
    (ProductType(), {"name": "serv"}, "the product “serv” is not allowed here", "did you mean “server”?"),
    (ProductType(), {"name": "server", "release": "5"}, "Acme Server has no release “5”", "known here: 1, 2, 3, 4"),
    (ProductType(), {"name": "server", "edition": "larg"}, "Acme Server has no edition “larg”", "did you mean “large”?"),
    (ProductType(), {"name": "server", "edition": "none"}, "the edition of a product cannot be none", "write unknown, or leave it out"),
    (ProductType(), {"name": "server", "architecture": "arm"}, "Acme Server has no architecture “arm”", "known here: x64, x86"),
    (ProductType(), {"name": "server", "service_pack": 0}, "there is no service pack 0", "they count from 1; write none for as released"),
    (ProductType(), {"name": "server", "update": "1"}, "the update is a number, not “1”", "write 1, 2 …, or none for as released"),
    (ProductType(), {"name": "server", "releas": "2"}, "a product has no field “releas”", "did you mean “release”?"),
    (ProductType(), {"release": "2"}, "the product has fields but no name", "known here: appliance, database, server"),
    (ProductType(), {"name": "none"}, "a product that there is not has no fields", "write none instead of the map"),
    (ProductType(), {"name": ["server"]}, "the name of a product is a text, not a list", ""),
    (ProductType(("database",)), SERVER.product(), "the product “server” is not allowed here", "known here: database"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "written", "message", "hint"), BAD, ids=_named)
def test_what_is_no_value_of_the_type_is_refused_with_a_way_out(
    type: ScalarType, written: object, message: str, hint: str
) -> None:
    assert convert(written, type, V) == ConversionProblem(message, hint)


@pytest.mark.parametrize("type", [BOOL, INT, GIB, DATE, KIND, TEXT])
def test_the_reserved_words_and_null_stand_for_no_value(type: ScalarType) -> None:
    assert [convert(written, type, V) for written in (P("none"), P("unknown"), None)] == [NONE, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("type", [BOOL, INT, GIB, DATE, KIND])
def test_in_quotes_the_reserved_words_are_text_only_where_text_is_due(type: ScalarType) -> None:
    assert [convert(written, type, V) for written in ("none", "unknown")] == [NONE, UNKNOWN]
    assert [convert(written, TEXT, V) for written in ("none", "unknown")] == ["none", "unknown"]


def test_no_product_and_an_unknown_one_have_their_own_values() -> None:
    found = [convert(written, ProductType(), V) for written in (P("none"), "none", P("unknown"), None)]
    assert found == [NONE_PRODUCT, NONE_PRODUCT, UNKNOWN_PRODUCT, UNKNOWN_PRODUCT]


def test_never_is_a_date_where_it_is_allowed() -> None:
    dates = converter(DATE, V, never=True)
    assert [dates(P("never")), dates("2009-05-26"), dates(P("none"))] == [NEVER, DAY.toordinal(), NONE]
    assert datetime.date.max.toordinal() < NEVER


def seen(value: object) -> object:
    return (value.sure, value.maybe, value.open) if isinstance(value, Members) else value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([P("a"), "b"], (("a", "b"), (), False)),
        ([P("a"), P("...")], (("a",), (), True)),
        (["..."], ((), (), True)),
        ([], ((), (), False)),
        (P("none"), ((), (), False)),
        (P("unknown"), ((), (), True)),
        (None, ((), (), True)),
        ([P("a"), "a"], ConversionProblem("“a” is in the list twice", "members are distinct")),
        ([None], ConversionProblem("nothing cannot be in a list", "end the list in ... where there may be more")),
        ([P("none")], ConversionProblem("“none” cannot be in a list", "end the list in ... where there may be more")),
        ("a", ConversionProblem("a list is due here, not “a”", "write [a]")),
        ([P("a"), 3], ConversionProblem("a text is due here, not “3”", 'write "3"')),
    ],
)  # fmt: skip
def test_a_list_has_distinct_members_and_may_end_in_dots(written: object, expected: object) -> None:
    assert seen(convert(written, ListType(TEXT), V)) == expected


@pytest.mark.parametrize("type", [RefType("machine"), RecordType("note"), ListType(RefType("machine"))])
def test_references_and_records_are_no_values(type: Any) -> None:
    with pytest.raises(TypeError):
        converter(type, V)


ANY_TYPE = st.sampled_from([BOOL, INT, GIB, DATE, TEXT, KIND, ProductType(), ProductType(("server",)), ListType(TEXT)])
WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.text(max_size=8).map(Plain)
    | st.dates() | st.datetimes() | st.decimals() | st.binary(max_size=3)
    | st.sampled_from(["none", "unknown", "...", "1e5", "Acme Server 3", "server", "2"]).map(Plain),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["name", "release", "edition", "service_pack", "update", "architecture", "x"]), inner, max_size=4
    ),
    max_leaves=6,
)  # fmt: skip


@given(ANY_TYPE, WRITTEN)
def test_whatever_is_written_it_is_converted_or_refused(type: Any, written: object) -> None:
    found = convert(written, type, V)
    assert not isinstance(found, ConversionProblem) or found.message


@given(st.sampled_from([BOOL, INT, GIB, KIND]), WRITTEN)
def test_a_typed_value_is_of_its_type_and_within_its_bounds(type: Any, written: object) -> None:
    found = convert(written, type, V)
    if found is UNKNOWN or found is NONE or isinstance(found, ConversionProblem):
        return
    if type == BOOL:
        assert found is True or found is False
    elif type == KIND:
        assert found.__class__ is str
        assert found in KIND.values
    else:
        assert found.__class__ is int
        assert -(2**63) <= found < 2**63
        assert type == INT or 0 <= found <= 10**9


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_a_number_is_the_same_however_it_is_written(steps: int, zeros: int) -> None:
    bare = NumberType("", 3)
    exact = Decimal(steps).scaleb(-3)
    texts = [f"{exact:f}", f"{exact:f}" + ("0" * zeros if "." in f"{exact:f}" else ""), f"{exact:e}"]
    assert [convert(Plain(text), bare, V) for text in texts] == [steps] * 3
    assert convert(exact, bare, V) == steps
    assert convert(float(exact), bare, V) == steps


def test_a_converter_is_made_once() -> None:
    assert converter(GIB, V) is converter(NumberType("GiB", 3, 0, 1_000_000_000), V)


@pytest.mark.slow
def test_converting_the_values_of_a_design_takes_microseconds() -> None:
    work = [(converter(type, V), written) for type, written, _ in GOOD if not isinstance(written, dict)] * 3
    best = min(_timed(work) for _ in range(50))
    # 20 entities hold about 150 values, and have 200 µs for everything; ten times that passes on a busy machine.
    assert best / len(work) * 150 < 2e-2


def _timed(work: list[tuple[Any, object]]) -> float:
    start = time.perf_counter()
    for convert_one, written in work:
        convert_one(written)
    return time.perf_counter() - start
