from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from supportable.document import Document, read_file, read_text
from supportable.errors import VocabularyError
from supportable.vocabulary.names import MOST_CHARACTERS, Ambiguous, NameTable, Recognised, Unrecognised
from supportable.vocabulary.product_sections import build_products
from supportable.vocabulary.products import Ladder, Phrase, Product
from supportable.vocabulary.spelling import words_of
from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence

HERE = Path(__file__).parent
SHIPPED = read_file(HERE.parents[1] / "policies/supportable_policies/vocabulary/products.yaml")
assert isinstance(SHIPPED.root, dict)
LADDERS, NAMES = build_products(SHIPPED.root, SHIPPED)

# Read by YAML's own base loader, so that every scalar is the text in the file.
CORPUS: dict[str, list[dict[str, Any]]] = yaml.load(
    (HERE / "names_corpus.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
)
EVERY = [(entry["text"], None, entry["is"]) for entry in CORPUS["anywhere"]] + [
    (entry["text"], tuple(entry["products"]), entry["is"]) for entry in CORPUS["among"]
]
TEXTS = st.sampled_from([(text, among) for text, among, _ in EVERY])


def as_corpus(match: object) -> object:
    if isinstance(match, Recognised):
        return {field: str(value) for field, value in match.product.as_given().items()}
    return "ambiguous" if isinstance(match, Ambiguous) else "unrecognised"


@pytest.mark.parametrize(("text", "among", "expected"), EVERY, ids=[f"{text} in {among}" for text, among, _ in EVERY])
def test_corpus(text: str, among: tuple[str, ...] | None, expected: object) -> None:
    assert as_corpus(NAMES.match(text, among)) == expected


def test_the_corpus_is_large_and_refuses_as_well_as_it_recognises() -> None:
    assert len(EVERY) >= 150
    assert len({(text, among) for text, among, _ in EVERY}) == len(EVERY)
    assert sum(expected == "unrecognised" for _, _, expected in EVERY) >= 50
    assert {expected["name"] for _, _, expected in EVERY if expected != "unrecognised"} == set(LADDERS)


@given(TEXTS, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_does_not_matter(entry: tuple[str, Any], change: Any) -> None:
    text, among = entry
    assert NAMES.match(change(text), among) == NAMES.match(text, among)


@given(TEXTS, st.data())
def test_blanks_and_trade_marks_between_words_do_not_matter(entry: tuple[str, Any], data: st.DataObject) -> None:
    text, among = entry
    between = st.sampled_from([" ", "  ", "\t", "\u00a0", "® ", "™ ", " (R) ", " (tm) ", "\u200b ", "\n"])
    spaced = "".join(data.draw(between) if char == " " else char for char in f" {text} ")
    assert NAMES.match(spaced, among) == NAMES.match(text, among)


@given(TEXTS, st.sampled_from(["Foo", "Client", "CAL", "+", "?", "SP", "R", "§"]))
def test_a_word_too_many_is_never_passed_over(entry: tuple[str, Any], word: str) -> None:
    text, among = entry
    assert isinstance(NAMES.match(f"{text} {word}", among), Unrecognised)


WORDS = st.sampled_from(sorted({word for text, _, _ in EVERY for word in words_of(text)} | {"sp", "1", "r", "2"}))


@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_has_an_answer_and_always_the_same(text: str) -> None:
    found = NAMES.match(text)
    assert isinstance(found, Recognised | Ambiguous | Unrecognised)
    assert NAMES.match(text) == found
    assert NAMES.match(text, sorted(LADDERS, reverse=True)) == found


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_what_is_recognised_is_recognised_by_its_title_too(text: str) -> None:
    found = NAMES.match(text)
    if not isinstance(found, Recognised):
        return
    product = found.product
    assert isinstance(product.name, str)
    assert NAMES.match(product.title(), [product.name]) == found


KNOWN_BESIDES: list[tuple[int | Absence, int | Absence, str | Absence]] = [
    (UNKNOWN, UNKNOWN, UNKNOWN),
    (3, UNKNOWN, UNKNOWN),
    (NONE, UNKNOWN, "x86"),
    (UNKNOWN, 7, UNKNOWN),
    (2, NONE, "x64"),
    (2, 12, "itanium"),
]


def or_unknown(values: tuple[str, ...]) -> list[str | Absence]:
    return [UNKNOWN, *values]


def titled() -> list[Product]:
    return [
        ladder.product(release=release, edition=edition, service_pack=pack, update=update, architecture=architecture)
        for ladder in LADDERS.values()
        for release in or_unknown(ladder.releases)
        for edition in or_unknown(ladder.editions)
        for pack, update, architecture in KNOWN_BESIDES
    ]


def test_every_title_is_read_back_as_the_same_product() -> None:
    wrong = [
        (product.title(), NAMES.match(product.title(), [str(product.name)]))
        for product in titled()
        if NAMES.match(product.title(), [str(product.name)]) != Recognised(product)
    ]
    assert wrong == []


def test_every_title_is_read_back_without_saying_which_ladder_except_hyper_v_server_as_an_operating_system() -> None:
    wrong = {
        (product.name, product.edition) for product in titled() if NAMES.match(product.title()) != Recognised(product)
    }
    assert wrong == {("windows-server", "hyper-v-server")}


def test_unrecognised_text_comes_with_the_nearest_titles_of_the_products_allowed() -> None:
    assert NAMES.match("Windows Server 2018") == Unrecognised(
        ("Windows Server 2019", "Windows Server 2016", "Windows Server 2012")
    )
    assert NAMES.match("Windwos Server 2008 R2", ["windows-server"]).nearest[0] == "Windows Server 2008 R2"  # type: ignore[union-attr]
    assert NAMES.match("Windows Server 2018", ["esx"]) == Unrecognised(())
    assert NAMES.match("Solaris 10") == Unrecognised(())


def test_too_long_a_text_names_nothing() -> None:
    assert NAMES.match("Windows Server 2008" + " " * MOST_CHARACTERS) == Unrecognised(())
    assert NAMES.match("Microsoft " * 30 + "VMM") == Recognised(LADDERS["vmm"].product())
    assert NAMES.match("ms " * 60 + "VMM") == Unrecognised(())


def test_no_ladders_named_allows_all() -> None:
    assert NAMES.match("VMM 2008", ()) == NAMES.match("VMM 2008") == Recognised(LADDERS["vmm"].product(release="2008"))


def test_a_ladder_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        NAMES.match("Windows Server 2008", ["windows"])


def test_what_is_remembered_is_bounded_and_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supportable.vocabulary.names.MOST_CACHED", 3)
    table = two_ladders(preferred=True)
    texts = ["thing", "Thing", "THING", "thin", "tHing", "thing®"]
    fresh = [two_ladders(preferred=True).match(text) for text in texts]
    assert [table.match(text) for text in texts * 3] == fresh * 3
    assert len(table._cache) <= 3


def two_ladders(*, preferred: bool) -> NameTable:
    return NameTable(
        {
            "a": Ladder("a", "Thing", 0, phrases=(Phrase("thing", (), "full", preferred),)),
            "b": Ladder("b", "Thing", 1, phrases=(Phrase("thing", (), "full"),)),
        },
        [],
        {},
    )


def test_text_that_two_ladders_read_is_ambiguous_unless_one_prefers_it() -> None:
    a, b = Ladder("a", "Thing", 0).product(), Ladder("b", "Thing", 1).product()
    assert two_ladders(preferred=False).match("thing") == Ambiguous((a, b))
    assert two_ladders(preferred=True).match("thing") == Recognised(a)
    assert two_ladders(preferred=False).match("thing", ["b"]) == Recognised(b)


def test_words_are_parted_between_letters_and_digits_and_symbols_that_mean_something_stay() -> None:
    assert words_of("MS W2K8R2, (Ent.) “x64” 4.0-SP1") == (
        *("ms", "w", "2", "k", "8", "r", "2", "ent", "x", "64", "4.0", "sp", "1"),
    )
    assert words_of("SQL Server™ 2008+ > ⒞ ﬁne") == ("sql", "server", "2008", "+", ">", "fine")


def document(text: str) -> Document:
    return read_text(text, "v.yaml")


def codes(text: str) -> list[tuple[str, int, int]]:
    read = document(text)
    with pytest.raises(VocabularyError) as caught:
        build_products(read.root, read)  # type: ignore[arg-type]
    return [(problem.code, problem.origin.line, problem.origin.column) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("products:\n  a: {title: A, names: [], releases: ['1', '2', '1']}", [("SUP222", 2, 49)]),
        ("products:\n  a: {title: A, names: [], releases: [none]}", [("SUP221", 2, 39)]),
        ("products:\n  a: {title: A, names: [], editions: [unknown]}", [("SUP221", 2, 39)]),
        ("products:\n  none: {title: A, names: []}", [("SUP221", 2, 3)]),
        ("architectures: {none: []}", [("SUP221", 1, 17)]),
        ("products:\n  a: {title: A, names: [], release_titles: {'9': x}}", [("SUP223", 2, 45)]),
        ("products:\n  a: {title: A, names: [], edition_names: {e: [x]}}", [("SUP223", 2, 44)]),
        ("products:\n  a: {title: A, names: [], aliases: {x: {release: '9'}}}", [("SUP224", 2, 51)]),
        ("products:\n  a: {title: A, names: [], phrases: {x: {service_pack: many}}}", [("SUP224", 2, 56)]),
        (
            "products:\n  a: {title: A, names: [], editions: [e, f], edition_names: {e: [x], f: [x]}}",
            [("SUP225", 2, 74)],
        ),
        (
            "products:\n  a: {title: A, names: [x y]}\n  b: {title: B, names: [X-Y]}",
            [("SUP226", 3, 6)],
        ),
        ("products:\n  a: {title: A, names: ['®']}", [("SUP227", 2, 25)]),
        ("noise: ['-']", [("SUP227", 1, 9)]),
        ("products:\n  a: {title: A, names: [], preferred: [x]}", [("SUP228", 2, 40)]),
        ("products:\n  a: {title: A, names: [], update_title: CU}", [("SUP230", 2, 42)]),
        ("products:\n  a: {title: A, nams: [x]}", [("SUP204", 2, 17), ("SUP205", 2, 6)]),
    ],
)
def test_mistakes_in_a_vocabulary_are_told_with_their_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert codes(text) == expected


def test_all_mistakes_are_told_at_once() -> None:
    text = "products:\n  a: {title: A, names: [], releases: [none], editions: [x, x]}\nnoise: x"
    assert [code for code, _, _ in codes(text)] == ["SUP201", "SUP221", "SUP222"]


def test_a_claim_that_one_ladder_prefers_is_no_mistake() -> None:
    read = document("products:\n  a: {title: A, names: [x], preferred: [x]}\n  b: {title: B, names: [x]}")
    ladders, names = build_products(read.root, read)  # type: ignore[arg-type]
    assert names.match("X") == Recognised(ladders["a"].product())
