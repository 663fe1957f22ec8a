from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from supportable.document import read_text
from supportable.origin import Origin
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.model import Absence, Attribute, Condition, Entity
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    TEXT,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
)
from tests.vocabulary.documents import PRODUCTS, types, vocabulary

EVERYTHING = types("""
types:
  machine:
    title: Server or VM
    absent: none
    ask: Which machines?
    label: [os, kind]
    attributes:
      kind: {enum: [physical, virtual], title: Kind, ask: Which kind?, answers: [A server, A VM]}
      os: product
      hypervisor: {product: [server, database], absent: {none: kind == "virtual"}}
      host: {ref: machine, absent: {none: kind == "physical"}, rests_on: true}
      components: {list: component, part: true}
      memory: {number: "GiB, 0..1000000, 0.001"}
      spare: {number: GiB, absent: 1.5}
      slots: {int: 1..64}
      compatible: {bool, absent: false}
      state: {enum: ["up", "down"], absent: "up"}
      domain: text
      logos: {list: product}
      vms: {inverse: machine.host}
      clusters: {inverse: cluster.nodes}
      quiet: {text, absent: {unsaid: 'kind in ["virtual", "physical"] && compatible == false'}}
  cluster:
    section: groups
    judged: false
    attributes:
      nodes: {list: machine, part: true, rests_on: true}
      validation: {record: validation, absent: none}
      upgrade: {record: {started: date, steps: {list: {record: {name: text}}}}, absent: none}
  component: {absent: unknown}
records:
  validation: {attributes: {scope: {scale: [no-tests, full]}, tests: {list: test}}}
  test: {title: A test, attributes: {of: {ref: machine}}}
design:
  title: The whole
  attributes: {contract: {enum: [basic, full]}}
""")


def attribute(of: str, name: str) -> Attribute:
    return vocabulary(EVERYTHING).entities[of].attributes[name]


def test_every_form_of_type_is_read() -> None:
    entities = vocabulary(EVERYTHING).entities
    assert {name: {key: held.type for key, held in entity.attributes.items()} for name, entity in entities.items()} == {
        "machine": {
            "id": TEXT,
            "count": IntType(low=1),
            "kind": EnumType(("physical", "virtual")),
            "os": ProductType(),
            "hypervisor": ProductType(("server", "database")),
            "host": RefType("machine"),
            "components": ListType(RefType("component")),
            "memory": NumberType("GiB", 3, 0, 1_000_000_000),
            "spare": NumberType("GiB", 3),
            "slots": IntType(1, 64),
            "compatible": BOOL,
            "state": EnumType(("up", "down")),
            "domain": TEXT,
            "logos": ListType(ProductType()),
            "vms": ListType(RefType("machine")),
            "clusters": ListType(RefType("cluster")),
            "quiet": TEXT,
        },
        "cluster": {
            "id": TEXT,
            "count": IntType(low=1),
            "nodes": ListType(RefType("machine")),
            "validation": RecordType("validation"),
            "upgrade": RecordType("cluster.upgrade"),
        },
        "component": {"id": TEXT, "count": IntType(low=1)},
        "validation": {"scope": EnumType(("no-tests", "full"), ordered=True), "tests": ListType(RecordType("test"))},
        "test": {"of": RefType("machine")},
        "cluster.upgrade": {"started": DATE, "steps": ListType(RecordType("cluster.upgrade.steps"))},
        "cluster.upgrade.steps": {"name": TEXT},
        "design": {
            "contract": EnumType(("basic", "full")),
            "machines": ListType(RefType("machine")),
            "groups": ListType(RefType("cluster")),
            "components": ListType(RefType("component")),
        },
    }


def test_every_reading_of_absence_is_read_in_typed_form() -> None:
    absent = {
        f"{entity.name}.{name}": held.absent
        for entity in vocabulary(EVERYTHING).entities.values()
        for name, held in entity.attributes.items()
        if held.absent != Absence() and name != "count"
    }
    assert absent == {
        "machine.hypervisor": Absence("none", None, (Condition("kind", ("virtual",)),)),
        "machine.host": Absence("none", None, (Condition("kind", ("physical",)),)),
        "machine.spare": Absence("value", 1500),
        "machine.compatible": Absence("value", value=False),
        "machine.state": Absence("value", "up"),
        "machine.quiet": Absence(
            "value", "unsaid", (Condition("kind", ("virtual", "physical")), Condition("compatible", (False,)))
        ),
        "cluster.validation": Absence("none"),
        "cluster.upgrade": Absence("none"),
        "design.machines": Absence("none"),
    }


def test_an_attribute_keeps_its_words_and_its_place() -> None:
    assert attribute("machine", "kind") == Attribute(
        "kind",
        EnumType(("physical", "virtual")),
        ask="Which kind?",
        answers=("A server", "A VM"),
        title="Kind",
        origin=Origin("v1.yaml", 12, 7),
    )
    assert attribute("cluster", "nodes") == Attribute(
        "nodes", ListType(RefType("machine")), title="Nodes", rests_on=True, part=True, origin=Origin("v1.yaml", 31, 7)
    )


def test_an_inverse_names_what_it_inverts_be_that_a_reference_or_a_list() -> None:
    assert attribute("machine", "vms").inverse_of == ("machine", "host")
    assert attribute("machine", "clusters").inverse_of == ("cluster", "nodes")


def test_a_section_is_an_attribute_of_the_design() -> None:
    assert attribute("design", "machines") == Attribute(
        "machines",
        ListType(RefType("machine")),
        absent=Absence("none"),
        ask="Which machines?",
        title="Machines",
        section="machine",
        origin=Origin("v1.yaml", 6, 3),
    )
    assert vocabulary(EVERYTHING).sections == {"components": "component", "groups": "cluster", "machines": "machine"}


def test_an_entity_type_keeps_what_is_said_of_it() -> None:
    entities = vocabulary(EVERYTHING).entities
    bare = {name: replace(entity, attributes={}) for name, entity in entities.items()}
    assert bare == {
        "machine": Entity(
            "machine", {}, "machines", "Server or VM", absent="none", ask="Which machines?", label=("os", "kind"),
            origin=Origin("v1.yaml", 6, 3),
        ),
        "cluster": Entity("cluster", {}, "groups", "Cluster", judged=False, origin=Origin("v1.yaml", 27, 3)),
        "component": Entity("component", {}, "components", "Component", origin=Origin("v1.yaml", 34, 3)),
        "validation": Entity(
            "validation", {}, title="Validation", record=True, judged=False, origin=Origin("v1.yaml", 36, 3)
        ),
        "test": Entity("test", {}, title="A test", record=True, judged=False, origin=Origin("v1.yaml", 37, 3)),
        "cluster.upgrade": Entity(
            "cluster.upgrade", {}, title="Upgrade", record=True, judged=False, origin=Origin("v1.yaml", 33, 25)
        ),
        "cluster.upgrade.steps": Entity(
            "cluster.upgrade.steps", {}, title="Steps", record=True, judged=False, origin=Origin("v1.yaml", 33, 64)
        ),
        "design": Entity("design", {}, title="The whole", judged=False),
    }  # fmt: skip


def test_attributes_and_types_are_sorted_by_name() -> None:
    entities = vocabulary(EVERYTHING).entities
    assert list(entities) == sorted(entities)
    assert all(list(entity.attributes) == sorted(entity.attributes) for entity in entities.values())


def test_there_is_a_design_even_if_nobody_speaks_of_it() -> None:
    assert load_vocabulary([]).entities == {"design": Entity("design", {}, title="Design", judged=False)}


FIRST = types("""
types:
  machine: {attributes: {kind: text}}
products: {tape: {title: Acme Tape, names: [atape]}}
noise: [acme, inc]
design: {attributes: {owner: text}}
""")
SECOND = types("""
types:
  machine: {extend: true, attributes: {rack: {ref: rack}}}
  rack: {attributes: {machines_in: {inverse: machine.rack}}}
records:
  note: {extend: true, attributes: {by: text}}
design: {attributes: {budget: int}}
noise: [gmbh]
""")
THIRD = types("records: {note: {attributes: {text: text}}}")


def test_documents_make_one_vocabulary_whatever_their_order() -> None:
    documents = [read_text(text, f"v{place}.yaml") for place, text in enumerate((FIRST, SECOND, THIRD, PRODUCTS))]
    made = [load_vocabulary(order) for order in permutations(documents)]
    assert {
        name: sorted(entity.attributes) for name, entity in made[0].entities.items()
    } == {
        "design": ["budget", "machines", "owner", "racks"],
        "machine": ["count", "id", "kind", "rack"],
        "note": ["by", "text"],
        "rack": ["count", "id", "machines_in"],
    }  # fmt: skip
    assert sorted(made[0].ladders) == ["appliance", "database", "server", "tape"]
    assert made[0].architectures == ("x64", "x86")
    assert all(other.entities == made[0].entities and other.digest == made[0].digest for other in made)


def test_the_digest_changes_with_any_document() -> None:
    changed = FIRST.replace("kind: text", "kind: int")
    assert vocabulary(FIRST, THIRD).digest != vocabulary(changed, THIRD).digest


def test_in_quotes_the_reserved_words_are_text_only_where_text_is_due() -> None:
    text = types("""
types:
  m: {attributes: {a: {text, absent: "none"}, b: {text, absent: none}, c: {bool, absent: "none"},
      d: {text, absent: "unknown"}}}
""")
    attributes = vocabulary(text).entities["m"].attributes
    assert {name: attributes[name].absent for name in "abcd"} == {
        "a": Absence("value", "none"),
        "b": Absence("none"),
        "c": Absence("none"),
        "d": Absence("value", "unknown"),
    }
