"""`satisfies` asks about a subject together with its parts: those it has, may have, and those nobody has named."""

from __future__ import annotations

from typing import Any

import pytest

from supportable.document import read_text
from supportable.intake import load_design
from supportable.language.ir import Attr, Const, Node, Satisfies, Var
from supportable.packs.model import ALWAYS, Alternative, Pack, Revision, Rule
from supportable.packs.packset import PackSet
from supportable.plan.build import plan
from supportable.readings import compiled, reference
from supportable.readings.findings import SATISFIED, UNDECIDED, VIOLATED
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import BOOL, RefType
from tests.readings.generators.values import TODAY

TEXT = """\
vocabulary: parts
version: 1.0.0
language: 1
types:
  server:
    attributes:
      frame: {ref: frame, part: true, absent: none}
      disks: {list: disk, part: true, absent: none}
      slots: {inverse: card.server, part: true}
      fine: {bool, absent: true}
  disk: {attributes: {fine: {bool, absent: true}}}
  frame: {attributes: {fine: {bool, absent: true}}}
  card: {absent: none, attributes: {server: {ref: server}, fine: {bool, absent: true}}}
  guest: {attributes: {server: {ref: server}}}
"""
VOCABULARY = load_vocabulary([read_text(TEXT, "parts.yaml")])


def rule(pack: str, subject: str, require: Node, *, outcome: str = "limited") -> Rule:
    revision = Revision(
        effective=ALWAYS, when=Const(BOOL, True), require=require, each=None, unless=(),
        otherwise=(Alternative(outcome),), disputed=(), message=None, remedies=(), cite=(Citation("KB1"),),
        covers=True, title="",
    )  # fmt: skip
    return Rule(pack, subject, subject, subject, (revision,))


def fine(subject: str) -> Node:
    return Attr(BOOL, Var(RefType(subject), subject), "fine", subject)


def packs(*subjects: str) -> PackSet:
    below = tuple(rule("acme.low", subject, fine(subject)) for subject in subjects)
    server = Attr(RefType("server"), Var(RefType("guest"), "guest"), "server", "guest")
    asking = rule("acme.top", "guest", Satisfies(BOOL, server, "acme.low"))
    handed = rule("acme.same", "guest", Satisfies(BOOL, server, "acme.low"), outcome="same")
    made = [
        Pack(name, "1.0.0", "", "acme", "", (), (), rules, (), name)
        for name, rules in (("acme.low", below), ("acme.top", (asking,)), ("acme.same", (handed,)))
    ]
    return PackSet(VOCABULARY, {}, {}, tuple(made))


ALL = ("server", "disk", "frame", "card")
DISKS = [{"id": "d1"}, {"id": "bad", "fine": False}]

CASES: dict[str, tuple[tuple[str, ...], dict[str, Any], dict[str, Any], int]] = {
    "no parts": (ALL, {}, {}, SATISFIED),
    "a part that is fine": (ALL, {"disks": ["d1"]}, {}, SATISFIED),
    "a part that is not": (ALL, {"disks": ["d1", "bad"]}, {}, VIOLATED),
    "parts that nobody has named": (ALL, {"disks": ["d1", "..."]}, {}, UNDECIDED),
    "parts that nobody has named, and no rule for any": (("server",), {"disks": ["d1", "..."]}, {}, SATISFIED),
    "a part that is not fine, and no rule for any": (("server",), {"disks": ["bad"]}, {}, SATISFIED),
    "an unknown part": (ALL, {"frame": "unknown"}, {}, UNDECIDED),
    "an unknown part, and no rule for any": (("server", "disk"), {"frame": "unknown"}, {}, SATISFIED),
    "a part that may be another's": (ALL, {}, {"cards": [{"id": "c1", "fine": False}]}, UNDECIDED),
    "a fine part that may be another's": (ALL, {}, {"cards": [{"id": "c1"}]}, SATISFIED),
    "a part that certainly is": (ALL, {}, {"cards": [{"id": "c1", "server": "s1", "fine": False}]}, VIOLATED),
    "a subject that no rule covers": (("disk",), {"disks": ["d1"]}, {}, UNDECIDED),
    "a subject that is not fine": (ALL, {"fine": False}, {}, VIOLATED),
    "a subject that may not be": (ALL, {"fine": "unknown"}, {}, UNDECIDED),
}


@pytest.mark.parametrize("case", CASES)
def test_a_subject_satisfies_a_pack_together_with_its_parts(case: str) -> None:
    subjects, server, others, kind = CASES[case]
    design = {
        "design": "parts",
        "servers": [{"id": "s1", **server}],
        "disks": DISKS,
        "frames": [{"id": "f1"}],
        "guests": [{"id": "g1", "server": "s1"}, {"id": "g2", "server": "unknown"}, {"id": "g3", "server": "none"}],
        **others,
    }
    facts = load_design(design, VOCABULARY)
    made = plan(packs(*subjects), TODAY)
    found = compiled.judge(made, facts)
    assert found == reference.judge(made, facts)
    asked = {each.row.id: each.kind for each in found.items if made.rules[each.rule].rule.pack == "acme.top"}
    assert asked == {"g1": kind, "g2": UNDECIDED, "g3": VIOLATED}
