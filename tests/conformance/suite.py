"""Conformance files as values: their documents cut out as they are written, what the format lets out filled in.

README.md describes the format. Nothing here judges anything: it turns a file into shelves, designs and expectations.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

HERE: Final = Path(__file__).parent
KINDS: Final = ("vocabulary", "references", "catalogues", "packs")

_HEAD: Final = {"version": "1.0.0", "title": "Anything", "language": "1"}
_SAID: Final = {"message": "This is not in order", "remedies": ["Put it in order"], "cite": [{"ref": "ANY"}]}
_ANY: Final = {
    "references": "any", "version": "1.0.0",
    "articles": {"ANY": {"title": "Any", "url": "https://example.com/any", "publisher": "E", "confidence": "full"}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suite:
    """One file: the documents that its entries share, by kind, and the entries themselves as YAML nodes."""

    name: str
    shared: dict[str, list[yaml.Node]]
    root: yaml.MappingNode

    def entries(self, key: str) -> list[yaml.MappingNode]:
        """The entries under `cases`, `truths`, `refusals` or `lints`, in order; none where there is no such key."""
        listed = at(self.root, key)
        return [] if listed is None else [each for each in listed.value if isinstance(each, yaml.MappingNode)]

    def with_entry(self, entry: yaml.MappingNode) -> dict[str, list[yaml.Node]]:
        """The shared documents by kind, and those that the entry adds."""
        return {kind: [*self.shared[kind], *_documents(entry, kind)] for kind in KINDS}


def suites() -> list[Suite]:
    """Every file of the folder, in order of name."""
    paths = [path for path in sorted(HERE.rglob("*.yaml")) if path.parent.name != "worlds"]
    return [_suite(path) for path in paths]


def _suite(path: Path) -> Suite:
    root = _composed(path)
    sources = [root]
    world = at(root, "world")
    if world is not None:
        sources.append(_composed(HERE / "worlds" / f"{plain(world)}.yaml"))
    shared = {kind: [node for source in sources for node in _documents(source, kind)] for kind in KINDS}
    return Suite(str(path.relative_to(HERE).with_suffix("")), shared, root)


def _composed(path: Path) -> yaml.MappingNode:
    root = yaml.compose(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode), path
    _spell_out(root)
    return root


def _spell_out(node: yaml.Node) -> None:
    """Write null where nothing is written: the emitter would put quotes there, and make it a text."""
    if isinstance(node, yaml.ScalarNode):
        if not node.value and node.style is None:
            node.value = "null"
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _spell_out(value)
    else:
        for value in node.value:
            _spell_out(value)


def _documents(source: yaml.MappingNode, kind: str) -> list[yaml.Node]:
    """The documents of a kind: a list of them, or one alone, under the plural or the singular."""
    found: list[yaml.Node] = []
    for key in (kind, kind.removesuffix("s")):
        node = at(source, key)
        found += node.value if isinstance(node, yaml.SequenceNode) else [] if node is None else [node]
        if key == kind.removesuffix("s"):
            break
    return found


def at(node: yaml.Node, key: str) -> yaml.Node | None:
    """What stands under a key of a mapping; None where nothing does."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def plain(node: yaml.Node | None) -> Any:
    """The node as text, lists and dicts: scalars are never guessed at. None for None."""
    if node is None:
        return None
    loader = yaml.BaseLoader("")
    return loader.construct_document(node)


def written(node: yaml.Node) -> str:
    """The node as a YAML document, quotes kept as they stood."""
    return str(yaml.serialize(node, Dumper=yaml.BaseDumper, allow_unicode=True))


WORDS: Final = ("true", "false", "unknown", "refused")
"""What an expression comes to that is no value and not none."""


class Truth(NamedTuple):
    """What an expression comes to for one subject."""

    expression: str
    subject: str
    comes_to: str

    @property
    def condition(self) -> str:
        """What the probe requires: the expression itself, that it is none, or that it has a value."""
        if self.comes_to == "none":
            return f"({self.expression}) == none"
        return self.expression if self.comes_to in WORDS else f"({self.expression}) == {self.comes_to}"

    @property
    def due(self) -> str:
        """How the probe's condition must come out."""
        return self.comes_to if self.comes_to in WORDS else "true"


def truths_of(group: yaml.MappingNode) -> list[Truth]:
    """Each expression of a group for each of its subjects, in order."""
    found = []
    for row in plain(at(group, "are")):
        each = row["is"] if isinstance(row["is"], dict) else {plain(at(group, "on")): row["is"]}
        found += [Truth(row["expression"], *one) for one in each.items()]
    return found


def put(folder: Path, documents: dict[str, list[yaml.Node]], probes: Sequence[list[dict[str, Any]]] = ()) -> Path:
    """A shelf in `folder` that holds the documents, and a pack `probe.pN` for each list of rules in `probes`."""
    files = {"references/any.yaml": json.dumps(_ANY)}
    for kind in KINDS[:3]:
        for place, node in enumerate(documents[kind]):
            files[f"{kind}/{place}.yaml"] = written(_filled(node, _HEAD if kind != "references" else {"version": "1"}))
    for place, node in enumerate(documents["packs"]):
        files[f"p{place}/pack.yaml"] = written(_pack(node))
    requires = [f"{plain(at(pack, 'pack'))} >=1.0" for pack in documents["packs"]]
    for place, rules in enumerate(probes):
        head = {"pack": f"probe.p{place}", **_HEAD, "language": 1, "requires": requires, "rules": rules}
        files[f"probe{place}/pack.yaml"] = json.dumps(head, ensure_ascii=False)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


def probe(name: str, subject: str, condition: str) -> dict[str, Any]:
    """The rule that shows a condition: satisfied where it is true, violated where false, open where unknown."""
    return {"id": name, "title": name, "subject": subject, "require": condition, "otherwise": "unsupported", **_SAID}


def _pack(node: yaml.Node) -> yaml.Node:
    for rule in _listed(node, "rules"):
        _filled(rule, {"title": plain(at(rule, "id")), **_SAID})
        for part in (rule, *_listed(rule, "revisions")):
            for exemption in _listed(part, "unless"):
                _filled(exemption, {"cite": _SAID["cite"]})
    for definition in _listed(node, "derive"):
        _filled(definition, {"title": plain(at(definition, "fact"))})
    return _filled(node, _HEAD)


def _listed(node: yaml.Node, key: str) -> list[yaml.Node]:
    found = at(node, key)
    return found.value if isinstance(found, yaml.SequenceNode) else []


def _filled(node: yaml.Node, missing: dict[str, Any]) -> yaml.Node:
    """The mapping with what it does not say itself."""
    assert isinstance(node, yaml.MappingNode)
    filling = yaml.compose(json.dumps(missing), Loader=yaml.BaseLoader)
    assert isinstance(filling, yaml.MappingNode)
    node.value += [(key, value) for key, value in filling.value if at(node, key.value) is None]
    return node
