"""Designs that are made for tests of the page: large ones, and such with many alike."""

from __future__ import annotations


def data_centre(clusters: int = 4, hosts: int = 5, guests: int = 9) -> str:
    """A design of host clusters full of virtual machines: two hundred machines, unless said otherwise.

    One host's adapter carries no logo for its release, and a cluster of two guests has one of an old release.
    """
    machines, components, grouped, workloads = [], [], [], []
    for cluster in range(1, clusters + 1):
        names = []
        for host in range(1, hosts + 1):
            name = f"host{cluster}{host}"
            names.append(name)
            machines.append(
                f"  - {{id: {name}, kind: physical, os: Windows Server 2012 R2 Datacenter, hypervisor: Hyper-V 2012 R2,"
                f" hardware_virtualization: true, components: [server-{name}, nic-{name}, array{cluster}]}}"
            )
            logo = "2008" if (cluster, host) == (2, 3) else "2012 R2"
            components.append(f"  - {{id: server-{name}, kind: server, logos: [Windows Server 2012 R2]}}")
            components.append(f"  - {{id: nic-{name}, kind: nic, logos: [Windows Server {logo}]}}")
            for guest in range(1, guests + 1):
                vm = f"vm{cluster}{host}{guest}"
                release = "2003 R2" if (cluster, host, guest) == (1, 1, 2) else "2012 R2"
                machines.append(f"  - {{id: {vm}, kind: virtual, host: {name}, os: Windows Server {release} Standard}}")
            workloads.append(f"  - {{id: sql{cluster}{host}, product: SQL Server 2012, machine: vm{cluster}{host}1}}")
        components.append(f"  - {{id: array{cluster}, kind: storage, logos: [Windows Server 2012 R2]}}")
        grouped.append(f"  - {{id: hv{cluster}, kind: failover, nodes: [{', '.join(names)}], {_PASSED}}}")
    grouped.append(f"  - {{id: guests, kind: failover, nodes: [vm112, vm212], {_PASSED}}}")
    workloads.append("  - {id: sqlha, product: SQL Server 2012, cluster: guests, machine: none}")
    sections = {"machines": machines, "components": components, "clusters": grouped, "workloads": workloads}
    return "\n".join(["design: data-centre", *(line for key, held in sections.items() for line in (f"{key}:", *held))])


_PASSED = "validation: {outcome: passed, date: 2014-03-01, unselected: false}"

_GUESTS = [
    f"  - {{id: vm{number}, kind: virtual, host: host, os: Windows Server 2012 R2 Standard}}" for number in range(1, 9)
]

ALIKE = "\n".join(
    [
        "design: alike",
        "machines:",
        "  - {id: host, kind: physical, os: Windows Server 2012 R2 Datacenter, hypervisor: Hyper-V 2012 R2}",
        *_GUESTS,
    ]
)
"""A host with eight virtual machines that differ in nothing but their names."""
