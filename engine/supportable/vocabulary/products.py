"""Products, each with a place on its ladder of releases, and the comparisons between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence

Truth = Literal[0, 1, 2]
"""0 is false, 1 is unknown, 2 is true."""

FIELDS: Final = ("name", "release", "edition", "service_pack", "update", "architecture")

PLACES: Final = 1000
"""How many codes each ladder has, and so a bound on its releases: `code` is index * 1000 + position + 2."""

FIRST: Final = 2
UNPLACED: Final = -1
NO_PRODUCT: Final = -2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A spelling that the vocabulary declares for one ladder, and what it says of a product.

    `text` is as written in the vocabulary; a `#` at its end stands for a number from 1 to 99, which becomes the value
    of the field whose value here is `"#"`. `says` pairs a field with its value; `version` is a field of its own
    here: a number that is read but has no place on the ladder.
    `naming` is "full" where the phrase names the product by itself, "partial" where it does so only beside a release
    ("Windows" alone may be any), "" where it does not. `preferred`: this ladder takes the text when others could too.
    """

    text: str
    says: tuple[tuple[str, str | int | Absence], ...] = ()
    naming: Literal["", "partial", "full"] = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """One product name with its releases, oldest first; no releases at all is allowed.

    `index` is its position among all ladders of the vocabulary, sorted by name. The titles are keyed by release
    and edition; one that is missing reads like its key. An edition's title that contains `{release}`
    stands for the whole name ("Hyper-V Server {release}"). `update_title` words an update, `#` being its number.
    """

    name: str
    title: str
    index: int
    releases: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    release_titles: dict[str, str] = field(default_factory=dict)
    edition_titles: dict[str, str] = field(default_factory=dict)
    update_title: str = "Update #"
    phrases: tuple[Phrase, ...] = ()
    any_version: bool = False
    """Whether any number is accepted as a version and not kept, for products whose versions are on no ladder."""
    positions: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {release: place for place, release in enumerate(self.releases)})

    def product(
        self,
        *,
        release: str | Absence = UNKNOWN,
        edition: str | Absence = UNKNOWN,
        service_pack: int | Absence = UNKNOWN,
        update: int | Absence = UNKNOWN,
        architecture: str | Absence = UNKNOWN,
    ) -> Product:
        """The product of this ladder with these fields. Raises ValueError for a release the ladder does not have."""
        if release is not UNKNOWN and release not in self.positions:
            raise ValueError(f"{self.name} has no release {release!r}")
        return Product(
            name=self.name,
            release=release,
            edition=edition,
            service_pack=service_pack,
            update=update,
            architecture=architecture,
            ladder=self,
        )

    def release_title(self, release: str) -> str:
        """How people write the release: "2008 R2" for `2008-r2`."""
        return self.release_titles.get(release) or _spelled(release)

    def release_of_service_pack(self, release: str | Absence, service_pack: int | Absence) -> str | None:
        """The release that a service pack is on this ladder: `2012-sp1` for ("2012", 1); None if it is no release.

        A design that gives that release and that service pack apart means the other release.
        """
        together = f"{release}-sp{service_pack}"
        return together if together in self.positions else None

    def edition_title(self, edition: str) -> str:
        """How people write the edition; with `{release}` in it, how they write the whole name."""
        return self.edition_titles.get(edition) or _spelled(edition)


@dataclass(frozen=True, slots=True)
class Product:
    """A product as far as it is known.

    Every field is a value or UNKNOWN. `service_pack` and `update` count from 1 and may be NONE: as first released.
    They count from the release given: with a ladder that has `2012-sp1`, service pack 1 of that is another thing.
    `code` is the place for comparisons: `ladder.index * 1000 + position + 2`, or -1 where it is not known, -2 where
    there is no product. Made by `Ladder.product`, or one of UNKNOWN_PRODUCT and NONE_PRODUCT.
    """

    name: str | Absence = UNKNOWN
    release: str | Absence = UNKNOWN
    edition: str | Absence = UNKNOWN
    service_pack: int | Absence = UNKNOWN
    update: int | Absence = UNKNOWN
    architecture: str | Absence = UNKNOWN
    ladder: Ladder | None = field(default=None, repr=False, compare=False)
    code: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.name is NONE:
            code = NO_PRODUCT
        elif self.ladder is None or isinstance(self.release, Absence):
            code = UNPLACED
        else:
            code = self.ladder.index * PLACES + self.ladder.positions[self.release] + FIRST
        object.__setattr__(self, "code", code)

    def __str__(self) -> str:
        return self.title()

    def __reduce__(self) -> str | tuple[object, ...]:
        # A string names a global of this module, so that copies and pickles of the two absent products stay the same.
        if self.name is UNKNOWN:
            return "UNKNOWN_PRODUCT"
        if self.name is NONE:
            return "NONE_PRODUCT"
        return Product, (*(getattr(self, name) for name in FIELDS), self.ladder)

    def title(self) -> str:
        """Readable text, "Windows Server 2008 R2 Enterprise SP1 (x64)", which the ladder's aliases read back."""
        if self.name is NONE:
            return "none"
        if self.ladder is None:
            return "unknown product"
        return " ".join(self._title_parts(self.ladder))

    def _title_parts(self, ladder: Ladder) -> Iterator[str]:
        release = "" if isinstance(self.release, Absence) else ladder.release_title(self.release)
        edition = "" if isinstance(self.edition, Absence) else ladder.edition_title(self.edition)
        if "{release}" in edition:
            yield " ".join(edition.replace("{release}", release).split())
        else:
            yield " ".join(part for part in (ladder.title, release, edition) if part)
        if self.service_pack is not UNKNOWN:
            yield "RTM" if self.service_pack is NONE else f"SP{self.service_pack}"
        if self.update is not UNKNOWN:
            yield "without updates" if self.update is NONE else ladder.update_title.replace("#", str(self.update))
        if not isinstance(self.architecture, Absence):
            yield f"({self.architecture})"

    def as_given(self) -> dict[str, str | int]:
        """The fields that are known, ready for JSON, in the order of `FIELDS`; NONE is written "none"."""
        given: dict[str, str | int] = {}
        for name in FIELDS:
            value: str | int | Absence = getattr(self, name)
            if value is not UNKNOWN:
                given[name] = "none" if isinstance(value, Absence) else value
        return given


UNKNOWN_PRODUCT: Final = Product()
"""A product of which nothing is known, not even whether there is one."""

NONE_PRODUCT: Final = Product(NONE, NONE, NONE, NONE, NONE, NONE)
"""That there is no product."""


def same_place(a: Product, b: Product) -> Truth:
    """Whether both stand on the same release of the same ladder; no other field counts."""
    settled = _without_places(a, b)
    if settled is not None:
        return settled
    return 2 if a.code == b.code else 0


def less(a: Product, b: Product) -> Truth:
    """Whether both stand on the same ladder, `a` on an older release."""
    settled = _without_places(a, b)
    if settled is not None:
        return settled
    return 2 if a.code < b.code else 0


def less_or_equal(a: Product, b: Product) -> Truth:
    """Whether both stand on the same ladder, `a` on an older release or the same."""
    settled = _without_places(a, b)
    if settled is not None:
        return settled
    return 2 if a.code <= b.code else 0


def _without_places(a: Product, b: Product) -> Truth | None:
    """The truth where names alone, or what is missing, settle any comparison; None where the places decide."""
    if NO_PRODUCT in (a.code, b.code):
        return 0
    if a.name is UNKNOWN or b.name is UNKNOWN:
        return 1
    if a.name != b.name:
        return 0
    if UNPLACED in (a.code, b.code):
        return 1
    return None


def _spelled(key: str) -> str:
    """`2008-r2` as "2008 R2", `hyper-v-server` as "Hyper V Server"."""
    return " ".join(part if part[:1].isdigit() else part.capitalize() for part in key.split("-"))
