"""A pytest plugin: tests that hold designs to a status. Installed with the package, it needs no switching on.

A marker judges before the test runs, which then fails with the reasons::

    @pytest.mark.supportable(design="designs/cluster.yaml", as_of="2009-07-01", status="supported")
    def test_the_cluster_stays_supported() -> None: ...

A fixture judges whatever a test builds::

    def test_that_it_may_grow(supportable: Supportable) -> None:
        verdict = supportable.judge(designs.with_third_node(), as_of="2009-07-01")
        assert verdict.status == "supported"

Packs are loaded once in a session, when the first test asks. The options `supportable_shelves` (folders with more
packs) and `supportable_as_of` (the day where a test names none) stand in pytest's configuration.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from supportable.facts import Facts
    from supportable.packs import PackSet
    from supportable.verdict import Verdict

MARKER = "supportable"
_MARKER_LINE = (
    "supportable(design, status='supported', as_of=None, only=None): judge a design, given as a path beside the test "
    "or as a mapping, before the test runs; `status` is the one it must have, or several that will do"
)

_KEYS = frozenset({"design", "status", "as_of", "only"})


class Supportable:
    """Judges designs by the packs of this session."""

    def __init__(self, shelves: Collection[Path], as_of: str) -> None:
        self._shelves, self._as_of = tuple(shelves), as_of
        self._packs: PackSet | None = None

    @property
    def packs(self) -> PackSet:
        """The packs, loaded when first asked for. Raises PackError if any of them is broken: a verdict without it would
        not be the whole answer."""
        if self._packs is None:
            from supportable.errors import PackError  # noqa: PLC0415  pytest starts in every project; this need not
            from supportable.packs import load_packs  # noqa: PLC0415

            packs = load_packs(self._shelves)
            if packs.broken:
                raise PackError(problem for broken in packs.broken for problem in broken.problems)
            self._packs = packs
        return self._packs

    def judge(
        self,
        design: Facts | dict[str, Any] | str | Path,
        *,
        as_of: date | str | None = None,
        only: Collection[str] | None = None,
    ) -> Verdict:
        """The verdict for a design: a path, a mapping in the shape of a document, or loaded facts.

        `as_of` is the day to judge by: the configured one if left out, else today. `only` names the packs to judge by.
        Raises SupportableError for a design that cannot be judged.
        """
        from supportable.verdict import evaluate  # noqa: PLC0415

        return evaluate(design, self.packs, as_of=as_of or self._as_of or None, only=only)

    def check(
        self,
        design: Facts | dict[str, Any] | str | Path,
        *,
        status: str | Collection[str] = "supported",
        as_of: date | str | None = None,
        only: Collection[str] | None = None,
    ) -> Verdict:
        """The verdict, once it has the status, or one of those named. Else the test fails, and its message says which
        rules and articles are against it, what to do and what to find out."""
        wanted = (status,) if isinstance(status, str) else tuple(status)
        _refuse_unknown(wanted)
        verdict = self.judge(design, as_of=as_of, only=only)
        if verdict.status not in wanted:
            from supportable.report.brief import verdict_in_words  # noqa: PLC0415

            expected = " or ".join(_worded(one) for one in wanted)
            pytest.fail(f"expected {expected}, but {verdict_in_words(verdict)}", pytrace=False)
        return verdict


_SESSION = pytest.StashKey[Supportable]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options for the configuration file."""
    parser.addini("supportable_shelves", "folders with packs beside the installed ones", type="paths", default=[])
    parser.addini("supportable_as_of", "the day to judge by where a test names none, as in 2009-07-01", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known, and a place for the packs."""
    config.addinivalue_line("markers", _MARKER_LINE)
    shelves, as_of = config.getini("supportable_shelves"), config.getini("supportable_as_of")
    config.stash[_SESSION] = Supportable(shelves, as_of)


@pytest.fixture(scope="session")
def supportable(pytestconfig: pytest.Config) -> Supportable:
    """Judges designs; packs are loaded once for all tests."""
    return pytestconfig.stash[_SESSION]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Judges the designs of the test's markers, nearest first; the first that is wrong fails the test."""
    for mark in item.iter_markers(MARKER):
        asked = mark.kwargs
        if mark.args or "design" not in asked or not _KEYS.issuperset(asked):
            pytest.fail(f"the marker reads {_MARKER_LINE.partition(':')[0]}, all by keyword", pytrace=False)
        design = asked["design"]
        if isinstance(design, (str, Path)):
            design = item.path.parent / design
        item.config.stash[_SESSION].check(
            design, status=asked.get("status", "supported"), as_of=asked.get("as_of"), only=asked.get("only")
        )


def _refuse_unknown(wanted: Collection[str]) -> None:
    from supportable.verdict.model import STATUS_ORDER  # noqa: PLC0415

    unknown = [status for status in wanted if status not in STATUS_ORDER]
    if unknown or not wanted:
        pytest.fail(
            f"{', '.join(unknown) or 'nothing'} is no status; there are {', '.join(STATUS_ORDER)}", pytrace=False
        )


def _worded(status: str) -> str:
    return status.replace("_", " ")
