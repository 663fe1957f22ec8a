from __future__ import annotations

import copy
import pickle
from itertools import product as pairs

import pytest

from supportable.vocabulary.products import (
    NONE_PRODUCT,
    UNKNOWN_PRODUCT,
    Ladder,
    Product,
    less,
    less_or_equal,
    same_place,
)
from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence

WINDOWS = Ladder(
    name="windows-server",
    title="Windows Server",
    index=3,
    releases=("2003", "2008", "2008-r2"),
    editions=("enterprise", "hyper-v-server"),
    edition_titles={"hyper-v-server": "Hyper-V Server {release}"},
    update_title="UR#",
)
SQL = Ladder(name="sql-server", title="SQL Server", index=2, releases=("2000", "2008"))
LINUX = Ladder(name="linux", title="Linux", index=1)

W2003, W2008, W2008R2 = (WINDOWS.product(release=release) for release in WINDOWS.releases)
SOME_WINDOWS = WINDOWS.product()
SQL2008 = SQL.product(release="2008")
FALSE, OPEN, TRUE = 0, 1, 2


@pytest.mark.parametrize(
    ("a", "b", "same", "older", "older_or_same"),
    [
        (W2008, W2008, TRUE, FALSE, TRUE),
        (W2003, W2008, FALSE, TRUE, TRUE),
        (W2008R2, W2008, FALSE, FALSE, FALSE),
        # Only the place counts, not what else is known.
        (W2008, WINDOWS.product(release="2008", service_pack=2, edition="enterprise"), TRUE, FALSE, TRUE),
        # Another ladder is another product for certain, whatever its release.
        (SQL2008, W2008, FALSE, FALSE, FALSE),
        (SQL2008, SOME_WINDOWS, FALSE, FALSE, FALSE),
        (LINUX.product(), SOME_WINDOWS, FALSE, FALSE, FALSE),
        # On one ladder an unknown release decides nothing, not even against itself.
        (SOME_WINDOWS, W2008, OPEN, OPEN, OPEN),
        (SOME_WINDOWS, SOME_WINDOWS, OPEN, OPEN, OPEN),
        (LINUX.product(), LINUX.product(), OPEN, OPEN, OPEN),
        (UNKNOWN_PRODUCT, W2008, OPEN, OPEN, OPEN),
        (UNKNOWN_PRODUCT, UNKNOWN_PRODUCT, OPEN, OPEN, OPEN),
        # None dominates unknown, and two are not the same.
        (NONE_PRODUCT, W2008, FALSE, FALSE, FALSE),
        (NONE_PRODUCT, UNKNOWN_PRODUCT, FALSE, FALSE, FALSE),
        (NONE_PRODUCT, SOME_WINDOWS, FALSE, FALSE, FALSE),
        (NONE_PRODUCT, NONE_PRODUCT, FALSE, FALSE, FALSE),
    ],
)
def test_comparisons(a: Product, b: Product, same: int, older: int, older_or_same: int) -> None:
    assert (same_place(a, b), less(a, b), less_or_equal(a, b)) == (same, older, older_or_same)
    assert same_place(b, a) == same


def test_a_decided_comparison_holds_for_every_way_of_filling_in_what_is_unknown() -> None:
    def completions(product: Product) -> list[Product]:
        if product is UNKNOWN_PRODUCT:
            return [W2003, W2008, W2008R2, SQL2008, NONE_PRODUCT]
        if product is SOME_WINDOWS:
            return [W2003, W2008, W2008R2]
        return [product]

    every = [W2003, W2008, W2008R2, SQL2008, SOME_WINDOWS, UNKNOWN_PRODUCT, NONE_PRODUCT]
    for compare, a, b in pairs((same_place, less, less_or_equal), every, every):
        answer = compare(a, b)
        if answer != OPEN:
            assert {compare(x, y) for x, y in pairs(completions(a), completions(b))} == {answer}


def test_the_code_is_the_place_on_the_ladder() -> None:
    assert [product.code for product in (W2003, W2008, W2008R2, SQL2008)] == [3002, 3003, 3004, 2003]
    assert [product.code for product in (SOME_WINDOWS, LINUX.product(), UNKNOWN_PRODUCT, NONE_PRODUCT)] == [
        *(-1, -1, -1, -2),
    ]


def test_titles() -> None:
    full = WINDOWS.product(release="2008-r2", edition="enterprise", service_pack=1, update=3, architecture="x64")
    assert full.title() == str(full) == "Windows Server 2008 R2 Enterprise SP1 UR3 (x64)"
    assert SOME_WINDOWS.title() == "Windows Server"
    assert WINDOWS.product(service_pack=NONE, update=NONE).title() == "Windows Server RTM without updates"
    assert WINDOWS.product(release="2008", edition="hyper-v-server").title() == "Hyper-V Server 2008"
    assert WINDOWS.product(edition="hyper-v-server").title() == "Hyper-V Server"
    assert (UNKNOWN_PRODUCT.title(), NONE_PRODUCT.title()) == ("unknown product", "none")


def test_only_what_is_known_is_given() -> None:
    assert WINDOWS.product(release="2008", service_pack=2, update=NONE).as_given() == {
        "name": "windows-server",
        "release": "2008",
        "service_pack": 2,
        "update": "none",
    }
    assert UNKNOWN_PRODUCT.as_given() == {}


def test_equal_products_are_equal_and_hash_alike_whichever_vocabulary_they_came_from() -> None:
    again = Ladder(name="windows-server", title="Windows Server", index=3, releases=WINDOWS.releases)
    assert again.product(release="2008") == W2008
    assert hash(again.product(release="2008")) == hash(W2008)
    assert WINDOWS.product(release="2008", service_pack=1) != W2008


def test_a_release_that_the_ladder_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="2007"):
        WINDOWS.product(release="2007")


def test_a_service_pack_that_is_a_release_is_found() -> None:
    vmm = Ladder(name="vmm", title="VMM", index=0, releases=("2012", "2012-sp1"))
    assert vmm.release_of_service_pack("2012", 1) == "2012-sp1"
    assert vmm.release_of_service_pack("2012", 2) is None


@pytest.mark.parametrize("same", [pickle.loads, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
def test_what_is_absent_stays_the_same_object(same: object) -> None:
    for value in (UNKNOWN, NONE, UNKNOWN_PRODUCT, NONE_PRODUCT):
        given = pickle.dumps(value) if same is pickle.loads else value
        assert same(given) is value  # type: ignore[operator]
    given = pickle.dumps(W2008) if same is pickle.loads else W2008
    again = same(given)  # type: ignore[operator]
    assert (again, again.code, again.title()) == (W2008, W2008.code, W2008.title())


def test_absence_has_no_truth_and_no_third_kind() -> None:
    assert (repr(UNKNOWN), repr(NONE)) == ("unknown", "none")
    for value in (UNKNOWN, NONE):
        with pytest.raises(TypeError):
            bool(value)
        with pytest.raises(AttributeError):
            value._word = "x"
    with pytest.raises(TypeError):
        Absence()
