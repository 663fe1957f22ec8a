"""Every entry of every file of this folder, on every reading. README.md says what the files mean."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import pytest
import yaml

from supportable import PackSet, SupportableError, evaluate, load_design, load_packs, to_json
from supportable.document import read_text
from supportable.packs.lint import lint
from supportable.readings import READINGS
from tests.conformance.suite import Suite, at, plain, probe, put, suites, written
from tests.conformance.verdicts import expected, shown

CODES: Final = {
    "bare-all": "SUP834", "vacuous-all": "SUP835", "negated-ordering": "SUP836",
}  # fmt: skip
"""What the files call a finding of the linter, and its code here."""

SHOWN: Final = {"satisfied": "true", "violated": "false", "open": "unknown"}


@pytest.fixture(scope="module", autouse=True)
def no_cache() -> Any:
    """Nothing is read from the cache of whoever runs this, and nothing is written there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORTABLE_NO_CACHE", "1")
        yield


class Truth(NamedTuple):
    """One expression of a group and what it comes to for one subject."""

    suite: Suite
    group: yaml.MappingNode
    place: int
    expression: str
    subject: str
    comes_to: str

    @property
    def condition(self) -> str:
        """What a rule requires to show it: whether it is none, whether it has a value, or the expression itself."""
        if self.comes_to == "none":
            return f"({self.expression}) == none"
        if self.comes_to in ("true", "false", "unknown", "refused"):
            return self.expression
        return f"({self.expression}) == {self.comes_to}"


def truths_of(suite: Suite, group: yaml.MappingNode) -> list[Truth]:
    found: list[Truth] = []
    for row in plain(at(group, "are")):
        comes_to = row["is"] if isinstance(row["is"], dict) else {plain(at(group, "on")): row["is"]}
        for each in comes_to.items():
            found.append(Truth(suite, group, len(found), row["expression"], *each))
    return found


def loaded(documents: dict[str, list[yaml.Node]], probes: list[list[dict[str, Any]]]) -> PackSet:
    with TemporaryDirectory() as folder:
        return load_packs([put(Path(folder), documents, probes)], discover=False)


def day(entry: yaml.MappingNode) -> str:
    return str(plain(at(entry, "as_of")) or "2024-01-01")


@cache
def kinds(place: int, index: int, reading: str) -> dict[tuple[str, str], str]:
    """The kind of finding of each probe of one group, by subject; "refused" where the pack does not load."""
    suite = SUITES[place]
    group = suite.entries("truths")[index]
    truths = truths_of(suite, group)
    kind = truths[0].subject.partition("/")[0]
    rules = [(truth.comes_to, probe(f"t{truth.place}", kind, truth.condition)) for truth in truths]
    good = [rule for comes_to, rule in rules if comes_to != "refused"]
    bad = [rule for comes_to, rule in rules if comes_to == "refused"]
    packs = loaded(suite.with_entry(group), [good, *([rule] for rule in bad)])
    broken = {one.name: one.problems for one in packs.broken}
    assert "probe.p0" not in broken, broken.get("probe.p0")
    found = {(f"t{truth.place}", truth.subject): "refused" for truth in truths if truth.comes_to == "refused"}
    for position, rule in enumerate(bad, start=1):
        assert f"probe.p{position}" in broken, f"{rule['require']} was not refused"
    if design := at(group, "design"):
        facts = load_design(read_text(written(design), "design.yaml"), packs.vocabulary)
        for subject in to_json(evaluate(facts, packs, as_of=day(group), only=["probe.p0"], reading=reading))["subjects"]:
            for finding in subject["findings"]:
                if not finding["rule"].startswith("probe."):
                    continue
                found[finding["rule"].partition("/")[2], subject["subject"]] = SHOWN[finding["kind"]]
    return found


SUITES: Final = suites()


def _named(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return re.sub(r"\s+", " ", name) if seen[name] == 1 else f"{name} ({seen[name]})"


def every(key: str) -> list[Any]:
    seen: Counter[str] = Counter()
    return [
        pytest.param(suite, entry, id=_named(f"{suite.name}: {plain(at(entry, key.removesuffix('s')))}", seen))
        for suite in SUITES
        for entry in suite.entries(key)
    ]


def every_truth() -> list[Any]:
    seen: Counter[str] = Counter()
    return [
        pytest.param(place, index, truth, id=_named(f"{suite.name}: {truth.expression} [{truth.subject}]", seen))
        for place, suite in enumerate(SUITES)
        for index, group in enumerate(suite.entries("truths"))
        for truth in truths_of(suite, group)
    ]


@pytest.mark.parametrize("reading", sorted(READINGS))
@pytest.mark.parametrize(("place", "index", "truth"), every_truth())
def test_an_expression_comes_to(place: int, index: int, truth: Truth, reading: str) -> None:
    due = truth.comes_to if truth.comes_to in ("false", "unknown", "refused") else "true"
    assert kinds(place, index, reading)[f"t{truth.place}", truth.subject] == due


@pytest.mark.parametrize("reading", sorted(READINGS))
@pytest.mark.parametrize(("suite", "case"), every("cases"))
def test_a_design_is_judged(suite: Suite, case: yaml.MappingNode, reading: str) -> None:
    documents = suite.with_entry(case)
    packs = loaded(documents, [])
    assert packs.broken == ()
    design = at(case, "design")
    assert design is not None
    facts = load_design(read_text(written(design), "design.yaml"), packs.vocabulary)
    verdict = to_json(evaluate(facts, packs, as_of=day(case), reading=reading))
    want = expected(plain(at(case, "expect")), [plain(pack) for pack in documents["packs"]])
    assert shown(verdict, want) == want


@pytest.mark.parametrize(("suite", "refusal"), every("refusals"))
def test_what_is_wrong_is_refused(suite: Suite, refusal: yaml.MappingNode) -> None:
    design = at(refusal, "design")
    if design is not None:
        packs = loaded(suite.with_entry(refusal), [])
        assert packs.broken == ()
        with pytest.raises(SupportableError):
            load_design(read_text(written(design), "design.yaml"), packs.vocabulary)
        return
    try:
        packs = loaded(suite.with_entry(refusal), [])
    except SupportableError:
        return
    assert packs.broken != ()


@pytest.mark.parametrize(("suite", "entry"), every("lints"))
def test_the_linter_finds(suite: Suite, entry: yaml.MappingNode) -> None:
    packs = loaded(suite.with_entry(entry), [])
    assert packs.broken == ()
    found = {problem.code for problem in lint(packs)}
    assert found & set(CODES.values()) == {CODES[word] for word in plain(at(entry, "finds"))}
