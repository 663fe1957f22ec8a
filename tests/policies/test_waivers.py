"""An exception is named only where it is the one that holds: cases say what must be named, these what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from supportable.packs import PackSet, load_packs
from supportable.verdict.evaluate import evaluate

POLICIES = Path(__file__).parents[2] / "policies" / "supportable_policies"
PACK = "microsoft.failover-clustering"
DIRECTORY = "The Active Directory test failed, in a multi-site cluster where that is known and harmless"
HYPER_V = "Tests for clustered virtual machines failed, which leaves other workloads supported"

TESTS = {
    "Validate Disk Arbitration": "storage",
    "Validate Active Directory Configuration": "system-configuration",
    "Validate Hyper-V Role Installed": "hyper-v-configuration",
}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs([POLICIES], discover=False)


def waived(packs: PackSet, *failed: str) -> tuple[str, tuple[str, ...]]:
    """The kind of finding on the outcome of a validation, at two sites, in which these tests failed; what waived it."""
    tests = [
        {"category": category, "name": name, "outcome": "failed" if name in failed else "passed"}
        for name, category in TESTS.items()
    ]
    design = {
        "design": "two-sites",
        "machines": [
            {"id": name, "kind": "physical", "os": "Windows Server 2019 Datacenter"} for name in ("node1", "node2")
        ],
        "clusters": [
            {
                "id": "clu",
                "kind": "failover",
                "nodes": ["node1", "node2"],
                "multi_site": True,
                "domain_controllers": "reachable-and-replicating",
                "validation": {"outcome": "failed", "unselected": False, "tests": tests},
            }
        ],
    }
    verdict = evaluate(design, packs, as_of="2025-01-31", only=[PACK])
    (finding,) = [
        each
        for subject in verdict.subjects
        for each in subject.findings
        if (each.rule, each.subject) == (f"{PACK}/validation-outcome", "cluster/clu")
    ]
    return finding.kind, finding.waived_by


def test_each_kind_of_failed_test_that_does_not_count_is_waived_by_its_own_article(packs: PackSet) -> None:
    _, directory, hyper_v = TESTS
    assert waived(packs, directory) == ("satisfied", (DIRECTORY,))
    assert waived(packs, hyper_v) == ("satisfied", (HYPER_V,))
    assert waived(packs, directory, hyper_v) == ("satisfied", (DIRECTORY, HYPER_V))


def test_beside_a_failed_test_that_counts_nothing_is_waived(packs: PackSet) -> None:
    disk, directory, hyper_v = TESTS
    assert waived(packs, disk) == ("violated", ())
    assert waived(packs, disk, directory, hyper_v) == ("violated", ())
