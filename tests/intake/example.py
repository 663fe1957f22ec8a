"""A small vocabulary with an attribute of every kind."""

from __future__ import annotations

from supportable.document import read_text
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.model import Vocabulary

TEXT = """\
vocabulary: example
version: 1.0.0
language: 1

products:
  sql-server:
    title: SQL Server
    releases: ["2005", "2008", "2008-r2"]
    editions: [standard, enterprise]
    names: []
  windows-server:
    title: Windows Server
    releases: ["2003", "2008", "2008-r2", "2012"]
    editions: [standard, enterprise]
    names: []

design:
  attributes:
    support_contract: {enum: [none-given, premier]}
    hosted: {bool, absent: false}

types:
  machine:
    attributes:
      kind: {enum: [physical, virtual]}
      os: product
      host: {ref: machine, absent: {none: kind == "physical"}}
      memory: {number: "GiB, 0..1000000, 0.001"}
      cores: {int: 1..64}
      state: {enum: [up, down], absent: up}
      site: {text, absent: none}
      hypervisor: {product: [windows-server], absent: none}
      logos: {list: product}
      tags: {list: text, absent: none}
      vms: {inverse: machine.host}
      workloads: {inverse: workload.machine}
      clusters: {inverse: cluster.nodes}
  cluster:
    attributes:
      nodes: {list: machine}
      validation: {record: validation, absent: none}
      type: {enum: [failover, nlb]}
      workloads: {inverse: workload.cluster}
  workload:
    attributes:
      product: product
      critical: bool
      machine: {ref: machine}
      cluster: {ref: cluster, absent: none}
  change:
    absent: none
    attributes:
      date: date
      from: {ref: machine}

records:
  validation:
    attributes:
      outcome: {enum: [passed, failed]}
      date: date
      tests: {list: test}
  test:
    attributes:
      name: text
      passed: bool
      target: {ref: machine, absent: none}
"""


def fresh_vocabulary() -> Vocabulary:
    """The example with nothing remembered."""
    return load_vocabulary([read_text(TEXT, "example.yaml")])


VOCABULARY = fresh_vocabulary()
