"""Any design of the example vocabulary, as Python values, and the same one in another order."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MACHINES, CLUSTERS, WORKLOADS = ("m1", "m2", "m3"), ("c1", "c2"), ("w1", "w2", "w3")
PRODUCTS = ("Windows Server 2008", "SQL Server 2008 R2", "Solaris 10", "none", "unknown")


def _maybe_open(members: Any) -> Any:
    return st.builds(lambda held, more: [*held, "..."] if more else held, members, st.booleans())


def _some(values: tuple[str, ...]) -> Any:
    return _maybe_open(st.lists(st.sampled_from(values), unique=True))


def _reference(ids: tuple[str, ...]) -> Any:
    return st.sampled_from((*ids, "none", "unknown", None))


def _given(**attributes: Any) -> Any:
    return st.fixed_dictionaries({}, optional=attributes)


PRODUCT = st.sampled_from(PRODUCTS) | st.just({"name": "windows-server", "release": "2008", "edition": "standard"})
MACHINE = _given(
    kind=st.sampled_from(("physical", "virtual", "unknown")),
    os=PRODUCT,
    host=_reference(MACHINES),
    memory=st.sampled_from((0, 1, 1.5, 0.25, "unknown")),
    site=st.sampled_from(("here", "there", "none")),
    logos=_some(("Windows Server 2008", "SQL Server 2008", "Solaris 10", "AIX")),
    tags=_some(("x", "y", "z")),
    count=st.integers(1, 3),
)
TEST = _given(name=st.sampled_from("ab"), passed=st.booleans(), target=_reference(MACHINES))
VALIDATION = _given(outcome=st.sampled_from(("passed", "failed")), tests=_maybe_open(st.lists(TEST, max_size=3)))
CLUSTER = _given(nodes=_some(MACHINES), validation=VALIDATION | st.sampled_from(("none", "unknown")))
WORKLOAD = _given(product=PRODUCT, critical=st.booleans(), machine=_reference(MACHINES), cluster=_reference(CLUSTERS))


def _section(ids: tuple[str, ...], entity: Any) -> Any:
    entries = st.tuples(*(entity.map(lambda given, id=id: {"id": id, **given}) for id in ids)).map(list)
    return _maybe_open(entries)


DESIGNS = st.fixed_dictionaries(
    {"design": st.just("any"), "machines": _section(MACHINES, MACHINE), "clusters": _section(CLUSTERS, CLUSTER)},
    optional={
        "workloads": _section(WORKLOADS, WORKLOAD),
        "changes": st.just([]),
        "hosted": st.booleans(),
        "support_contract": st.sampled_from(("premier", "unknown")),
    },
)


@st.composite
def reordered(draw: Any, value: Any) -> Any:
    """The same value with keys, entries and members in another order."""
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: draw(reordered(value[key])) for key in keys}
    if isinstance(value, list):
        more = value[-1:] == ["..."]
        members = draw(st.permutations(value[:-1] if more else value))
        return [*(draw(reordered(member)) for member in members), *(["..."] if more else [])]
    return value
