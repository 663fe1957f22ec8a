"""Every entry of every file of this folder, on every reading. README.md says what the files mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
import yaml

from supportable import Facts, PackSet, SupportableError, evaluate, load_design, load_packs, to_json
from supportable.document import read_text
from supportable.packs.lint import lint
from supportable.readings import READINGS
from tests.conformance.suite import Suite, Truth, at, plain, probe, put, suites, truths_of, written
from tests.conformance.verdicts import expected, shown

CODES: Final = {"bare-all": "SUP834", "vacuous-all": "SUP835", "negated-ordering": "SUP836"}
"""What the files call a finding of the linter, and its code here."""

TRUTH_OF: Final = {"satisfied": "true", "violated": "false", "open": "unknown"}
"""What a probe's finding says of its condition."""

SUITES: Final = suites()


@pytest.fixture(scope="module", autouse=True)
def no_cache() -> Iterator[None]:
    """Nothing is read from the cache of whoever runs this, and nothing is written there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORTABLE_NO_CACHE", "1")
        yield


def every(key: str) -> list[Any]:
    """A parameter for each entry under `key`: its file, its place there, named by both."""
    seen: Counter[str] = Counter()
    found = []
    for suite in SUITES:
        for place, entry in enumerate(suite.entries(key)):
            title = plain(at(entry, "group" if key == "truths" else key.removesuffix("s")))
            name = re.sub(r"\s+", " ", f"{suite.name}: {title}")
            seen[name] += 1
            found.append(pytest.param(suite.name, place, id=name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return found


def entry_of(name: str, key: str, place: int) -> tuple[Suite, yaml.MappingNode]:
    suite = next(suite for suite in SUITES if suite.name == name)
    return suite, suite.entries(key)[place]


def loaded(documents: dict[str, list[yaml.Node]], probes: list[list[dict[str, Any]]]) -> PackSet:
    with TemporaryDirectory() as folder:
        return load_packs([put(Path(folder), documents, probes)], discover=False)


def design_of(entry: yaml.MappingNode, packs: PackSet) -> Facts:
    design = at(entry, "design")
    assert design is not None
    return load_design(read_text(written(design), "design.yaml"), packs.vocabulary)


def day(entry: yaml.MappingNode) -> str:
    return str(plain(at(entry, "as_of")) or "2024-01-01")


@cache
def probed(name: str, place: int) -> tuple[list[Truth], PackSet, Facts]:
    """A group's truths, the packs that probe them, and its design: rule `tN` of `probe.p0` is about the N-th truth, and
    each that is to be refused has a pack of its own, in order."""
    suite, group = entry_of(name, "truths", place)
    truths = truths_of(group)
    rules = [probe(f"t{number}", t.subject.partition("/")[0], t.condition) for number, t in enumerate(truths)]
    good = [rule for rule, truth in zip(rules, truths, strict=True) if truth.due != "refused"]
    bad = [[rule] for rule, truth in zip(rules, truths, strict=True) if truth.due == "refused"]
    packs = loaded(suite.with_entry(group), [good, *bad])
    return truths, packs, design_of(group, packs)


@pytest.mark.parametrize("reading", sorted(READINGS))
@pytest.mark.parametrize(("name", "place"), every("truths"))
def test_expressions_come_to(name: str, place: int, reading: str) -> None:
    truths, packs, facts = probed(name, place)
    broken = {one.name: one.problems for one in packs.broken}
    assert broken.get("probe.p0", ()) == ()
    as_of = day(entry_of(name, "truths", place)[1])
    verdict = to_json(evaluate(facts, packs, as_of=as_of, only=["probe.p0"], reading=reading))
    kinds = {(f["rule"], s["subject"]): f["kind"] for s in verdict["subjects"] for f in s["findings"]}
    refused = iter(range(1, len(truths) + 1))
    found = [
        truth._replace(comes_to="refused" if f"probe.p{next(refused)}" in broken else "not refused")
        if truth.due == "refused"
        else truth._replace(comes_to=TRUTH_OF[kinds[f"probe.p0/t{number}", truth.subject]])
        for number, truth in enumerate(truths)
    ]
    assert found == [truth._replace(comes_to=truth.due) for truth in truths]


@cache
def judged(name: str, place: int) -> tuple[PackSet, Facts, dict[str, Any]]:
    suite, case = entry_of(name, "cases", place)
    documents = suite.with_entry(case)
    packs = loaded(documents, [])
    assert packs.broken == ()
    want = expected(plain(at(case, "expect")), [plain(pack) for pack in documents["packs"]])
    return packs, design_of(case, packs), want


@pytest.mark.parametrize("reading", sorted(READINGS))
@pytest.mark.parametrize(("name", "place"), every("cases"))
def test_a_design_is_judged(name: str, place: int, reading: str) -> None:
    packs, facts, want = judged(name, place)
    verdict = evaluate(facts, packs, as_of=day(entry_of(name, "cases", place)[1]), reading=reading)
    assert shown(to_json(verdict), want) == want


@pytest.mark.parametrize(("name", "place"), every("refusals"))
def test_what_is_wrong_is_refused(name: str, place: int) -> None:
    suite, refusal = entry_of(name, "refusals", place)
    if at(refusal, "design") is None:
        try:
            assert loaded(suite.with_entry(refusal), []).broken != ()
        except SupportableError:
            return
    else:
        packs = loaded(suite.with_entry(refusal), [])
        assert packs.broken == ()
        with pytest.raises(SupportableError):
            design_of(refusal, packs)


@pytest.mark.parametrize(("name", "place"), every("lints"))
def test_the_linter_finds(name: str, place: int) -> None:
    suite, entry = entry_of(name, "lints", place)
    packs = loaded(suite.with_entry(entry), [])
    assert packs.broken == ()
    found = {problem.code for problem in lint(packs)} & set(CODES.values())
    assert found == {CODES[word] for word in plain(at(entry, "finds"))}
