"""The capacity checks of VMM, against the article's algorithm written out once more in plain Python."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.readings.reference import judge
from supportable.verdict.evaluate import plan_for

POLICIES = Path(__file__).parents[2] / "policies" / "supportable_policies"
PACK = "microsoft.vmm-capacity"
METHODS = ("slot_simple", "slot_full", "proof_simple", "proof_full")

Guest = tuple[int, bool]
"""Memory in units of 1/16 GiB (64 MiB), what the hypervisor needs included, and whether it is highly available."""
Host = tuple[int, list[Guest]]
"""Memory less its reserve, in the same units, and what it runs."""


@cache
def packs() -> PackSet:
    return load_packs([POLICIES], discover=False)


def derived(design: Any) -> dict[str, Any]:
    """What the pack defines of the one cluster of the design."""
    plan = plan_for(packs(), as_of="2015-01-05", only=[PACK])
    facts = load_design(design, packs().vocabulary)
    columns = judge(plan, facts).derived
    return {
        each.name: columns[each.index][2] for each in plan.derivations if each.entity == "cluster" and each.pack == PACK
    }


def design_of(hosts: list[Host], reserve: int) -> dict[str, Any]:
    machines: list[dict[str, Any]] = []
    for number, (memory, guests) in enumerate(hosts):
        machines.append({"id": f"host{number}", "kind": "physical", "memory": gib(memory)})
        machines += [
            {"id": f"vm{number}-{place}", "kind": "virtual", "host": f"host{number}", "memory": gib(held - 1),
             "highly_available": available}
            for place, (held, available) in enumerate(guests)
        ]  # fmt: skip
    nodes = [f"host{number}" for number in range(len(hosts))]
    return {
        "machines": machines,
        "clusters": [{"id": "clu", "kind": "failover", "nodes": nodes, "node_failure_reserve": reserve}],
        "workloads": [{"id": "vmm", "product": "VMM 2012 R2", "machine": "none"}],
    }


def gib(units: int) -> float:
    """Sixteenths as a number; these are exact."""
    return units / 16


def plainly(hosts: list[Host], reserve: int) -> dict[str, bool]:
    """The four methods as the article words them; equality counts as success, as in its example."""
    available = [memory - sum(held for held, _ in guests) for memory, guests in hosts]
    moving = [[held for held, highly_available in guests if highly_available] for _, guests in hosts]
    used = [len(each) for each in moving]
    largest = max((held for each in moving for held in each), default=0)
    left = len(hosts) - reserve

    def enough(orphans: int, space: int, largest: int) -> bool:
        return orphans <= space and not (orphans == 0 and largest > 0 and space == 0)

    def slots(size: int, host: int) -> int:
        return available[host] // size + used[host]

    slot_full = proof_full = len(hosts) ** reserve < 5000
    for down in combinations(range(len(hosts)), reserve):
        up = [host for host in range(len(hosts)) if host not in down]
        size = max((held for host in down for held in moving[host]), default=0)
        if size:
            slot_full = slot_full and sum(used) <= sum(slots(size, host) for host in up)
        space = sum(max(available[host] - size, 0) for host in up)
        proof_full = proof_full and bool(down) and enough(sum(sum(moving[host]) for host in down) - size, space, size)
    sums = sorted(sum(each) for each in moving)
    orphans = sum(sums[len(sums) - reserve :]) - largest
    additional = sorted(max(each - largest, 0) for each in available)
    return {
        "slot_simple": largest == 0
        or sum(used) <= sum(sorted(slots(largest, host) for host in range(len(hosts)))[:left]),
        "slot_full": slot_full,
        "proof_simple": enough(orphans, sum(additional[:left]), largest),
        "proof_full": proof_full,
    }


guests = st.lists(st.tuples(st.integers(1, 12).map(lambda size: size * 16), st.booleans()), max_size=4)
clusters = st.lists(st.tuples(st.integers(0, 40).map(lambda size: size * 16), guests), min_size=2, max_size=5)


@settings(max_examples=150, deadline=None)
@given(hosts=clusters, data=st.data())
def test_each_method_is_the_articles(hosts: list[Host], data: st.DataObject) -> None:
    reserve = data.draw(st.integers(0, len(hosts) - 1))
    found = derived(design_of(hosts, reserve))
    expected = plainly(hosts, reserve)
    if reserve == 0:  # with nothing failing there is no largest machine among what fails
        del found["proof_full"], expected["proof_full"]
    assert {method: found[method] for method in expected} == expected


def test_the_articles_example_comes_out_as_printed() -> None:
    example = POLICIES / "microsoft" / "vmm-capacity" / "designs" / "worked-example.yaml"
    found = derived(example)
    assert {method: found[method] for method in METHODS} == {
        "slot_simple": False,
        "slot_full": False,
        "proof_simple": False,
        "proof_full": True,
    }
    assert (found["used_slots"], found["simple_orphans"], found["simple_space"]) == (7, 8 * 10_000, 5 * 10_000)


@pytest.mark.parametrize(("reserve", "most"), [(1, 4999), (2, 70), (3, 17), (4, 8)])
def test_every_set_is_tried_up_to_the_articles_number_of_nodes(reserve: int, most: int) -> None:
    def tried(nodes: int) -> Any:
        alike = {"id": "alike", "kind": "physical", "memory": 1, "count": nodes}
        cluster = {"id": "clu", "kind": "failover", "nodes": ["alike"], "node_failure_reserve": reserve}
        return derived({"machines": [alike], "clusters": [cluster]})["few_enough_for_full_check"]

    assert (tried(most), tried(most + 1)) == (True, False)
