"""CycloneDX documents (JSON): devices with their parts, operating systems and applications.

The official library checks the document and gives each component its types. It keeps components in sets, in which two
alike would become one, and knows no lines; so the entries are gone through in the file itself, in its order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from supportable.document import Document, Limits, Plain, read_bytes, read_text
from supportable.errors import DocumentError, Problem, UsageError
from supportable.inventory import codes
from supportable.inventory.model import Imported, Tally
from supportable.inventory.naming import Ids, recognised
from supportable.origin import Origin
from supportable.vocabulary.model import UNKNOWN_WHEN_ABSENT, Vocabulary

_LIMITS: Final = Limits(max_bytes=32 * 1024 * 1024)
_DEVICE: Final = "device"
_SYSTEM: Final = "operating-system"
_APPLICATION: Final = "application"
_WORKLOAD: Final = "workload"
HYPERVISORS: Final = frozenset(("hyper-v", "esx", "xenserver"))
SYSTEMS: Final = frozenset(("windows-server", "linux", "azure-stack-hci"))
"""What is known to run machines; all other products are workloads. Bills have it from a catalogue, which an inventory
is read without."""

_KINDS: Final = {
    "server": "server", "system": "server", "nic": "nic", "network adapter": "nic", "network interface": "nic",
    "hba": "hba", "host bus adapter": "hba", "storage": "storage", "storage array": "storage", "disk array": "storage",
    "switch": "switch",
}  # fmt: skip
"""Kinds of devices by the words of the properties that tell them, compared in lower case."""

_TELL_KIND: Final = ("cdx:device:deviceType", "cdx:device:function")
_QUANTITY: Final = "cdx:device:quantity"
_PART_NUMBER: Final = "cdx:device:sku"


def read_cyclonedx(path: str | Path, vocabulary: Vocabulary) -> Imported:
    """The design that a CycloneDX document makes: machines with their components.

    A device is a machine if the document is about it or an operating system stands in it; the devices in a machine are
    its components, and so are all others that stand beside the machine the document is about. An application that the
    vocabulary knows as a product is a workload, on the machine in which it stands.
    Raises DocumentError for a file that cannot be read or is no CycloneDX, UsageError if the library is not installed.
    """
    file = str(path)
    data = read_bytes(path, limits=_LIMITS)
    document = read_text(data, f"{file}.json" if not file.casefold().endswith(".json") else file, limits=_LIMITS)
    document = Document(file, document.root, document.digest, document.mark)
    _check(data, document)
    return _Maker(document, vocabulary).made()


def _check(data: bytes, document: Document) -> None:
    """Raise DocumentError for what the library does not take for CycloneDX."""
    try:
        from cyclonedx.exception import CycloneDxException  # noqa: PLC0415 - an extra
        from cyclonedx.model.bom import Bom  # noqa: PLC0415
    except ImportError:
        message = "to read CycloneDX, the extra “inventory” has to be installed"
        hint = "pip install 'supportable[inventory]'"
        raise UsageError([Problem(codes.NO_READER, message, Origin(document.file), hint)]) from None
    root = document.root
    if not isinstance(root, dict) or root.get("bomFormat") != "CycloneDX":
        message = "this is no CycloneDX document: it does not say “bomFormat”: “CycloneDX”"
        hint = "give the JSON form of one"
        raise DocumentError([Problem(codes.NOT_AN_INVENTORY, message, document.origin_of("/bomFormat"), hint)])
    try:
        Bom.from_json(json.loads(data.decode("utf-8-sig")))  # type: ignore[attr-defined]
    except (CycloneDxException, ValueError, TypeError, LookupError, AttributeError) as error:
        # The library tells what does not fit by whatever went wrong while it was fitting it.
        message = f"this is not CycloneDX as its library reads it: {str(error)[:200]}"
        raise DocumentError([Problem(codes.NOT_AN_INVENTORY, message, document.origin_of(""))]) from None


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) and not isinstance(value, Plain) else ""


def _inside(entry: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    held = entry.get("components")
    return [(at, each) for at, each in enumerate(held) if isinstance(each, dict)] if isinstance(held, list) else []


def _properties(entry: dict[str, Any]) -> dict[str, str]:
    held = entry.get("properties")
    listed = [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []
    return {_text(each.get("name")): _text(each.get("value")) for each in listed}


def _maker_of(entry: dict[str, Any]) -> str:
    """Who makes a component: the manufacturer, or else the supplier, or the publisher."""
    for key in ("manufacturer", "supplier"):
        held = entry.get(key)
        if isinstance(held, dict) and _text(held.get("name")):
            return _text(held.get("name"))
    return _text(entry.get("publisher"))


@dataclass(slots=True)
class _Claim:
    """What one entry says of the machine in which it stands: the attributes that it settles, with their values."""

    kind: str
    name: str
    pointer: str
    says: dict[str, Any]
    taken: bool = True


class _Maker:
    """The design under construction."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.machine_ids, self.component_ids, self.workload_ids = Ids(), Ids(), Ids()
        self.machines: list[dict[str, Any]] = []
        self.components: list[dict[str, Any]] = []
        self.workloads: list[dict[str, Any]] = []
        self.read: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.odd: Counter[str] = Counter()
        self.first: dict[str, Origin] = {}
        self.notes: list[Problem] = []
        self.claims: dict[str, list[_Claim]] = {}

    def made(self) -> Imported:
        root: Any = self.document.root
        metadata = root.get("metadata")
        subject = metadata.get("component") if isinstance(metadata, dict) else None
        owner = None
        if isinstance(subject, dict):
            if subject.get("type") == _DEVICE:
                self.read[_DEVICE] += 1
                owner = self._machine(subject, "/metadata/component")
            else:
                self._odd("the document is about something that is no device", "/metadata/component")
        for at, each in _inside(root):
            self._entry(each, f"/components/{at}", owner)
        for message, count in self.odd.items():
            times = f", {count} times" if count > 1 else ""
            self.notes.append(Problem(codes.LEFT_OUT, message + times, self.first[message]))
        for machine in self.machines:
            self._settle(machine)
            # A parts list tells what was listed, and not that nothing else is there.
            machine["components"].append(Plain("..."))
        design: dict[str, Any] = {
            "design": _text(subject.get("name")) if isinstance(subject, dict) else "",
            "machines": self.machines,
            "components": self.components,
            "clusters": Plain("unknown"),
            "workloads": [*self.workloads, Plain("...")] if self.workloads else Plain("unknown"),
        }
        if not design["design"]:
            design["design"] = "cyclonedx-import"
        tallies = [
            Tally(kind, read, self.taken[kind], read - self.taken[kind]) for kind, read in sorted(self.read.items())
        ]
        return Imported(design, tuple(tallies), tuple(self.notes))

    def _entry(self, entry: dict[str, Any], pointer: str, owner: dict[str, Any] | None) -> None:
        """One entry and all that stands in it, as a part of the machine `owner`, if there is one."""
        kind = _text(entry.get("type")) or "component"
        self.read[kind] += 1
        inner = owner
        if kind == _DEVICE and self._is_machine(entry):
            self._machine(entry, pointer)
            return
        if kind == _DEVICE:
            self._component(entry, pointer, owner)
        elif kind == _SYSTEM and owner is not None:
            self._system(entry, pointer, owner)
        elif kind == _APPLICATION:
            self._application(entry, pointer, owner)
        elif kind == _SYSTEM:
            name = _text(entry.get("name"))
            self._left_out(f"the operating system “{name[:80]}” stands in no device", pointer)
        else:
            self._left_out(
                f"“{_text(entry.get('name'))[:80]}” is of the type “{kind}”, which has no place in a design", pointer
            )
        for at, each in _inside(entry):
            self._entry(each, f"{pointer}/components/{at}", inner)

    def _is_machine(self, entry: dict[str, Any]) -> bool:
        return any(each.get("type") == _SYSTEM for _, each in _inside(entry))

    def _machine(self, entry: dict[str, Any], pointer: str) -> dict[str, Any]:
        self.taken[_DEVICE] += 1
        name = _text(entry.get("name"))
        id = self.machine_ids.give(_text(entry.get("bom-ref")) or name, f"machine-{len(self.machines) + 1}")
        machine: dict[str, Any] = {"id": id}
        model = " ".join(part for part in (_maker_of(entry), name) if part)
        if model:
            machine["model"] = model
        machine["components"] = []
        self.machines.append(machine)
        self._unread(entry, pointer, ())
        for at, each in _inside(entry):
            self._entry(each, f"{pointer}/components/{at}", machine)
        return machine

    def _component(self, entry: dict[str, Any], pointer: str, owner: dict[str, Any] | None) -> None:
        self.taken[_DEVICE] += 1
        name = _text(entry.get("name"))
        id = self.component_ids.give(_text(entry.get("bom-ref")) or name, f"component-{len(self.components) + 1}")
        component: dict[str, Any] = {"id": id}
        properties = _properties(entry)
        said = [
            _KINDS[properties[key].casefold()] for key in _TELL_KIND if properties.get(key, "").casefold() in _KINDS
        ]
        if len(set(said)) == 1:
            component["kind"] = said[0]
        for attribute, value in (("vendor", _maker_of(entry)), ("model", name)):
            if value:
                component[attribute] = value
        if properties.get(_PART_NUMBER):
            component["part_number"] = properties[_PART_NUMBER]
        quantity = properties.get(_QUANTITY, "")
        if quantity.isdecimal() and quantity.isascii() and int(quantity[:10]) > 0 and len(quantity) < 10:
            component["count"] = Plain(int(quantity))
        self._unread(entry, pointer, (_PART_NUMBER, *_TELL_KIND, _QUANTITY))
        self.components.append(component)
        if owner is not None:
            owner["components"].append(id)

    def _system(self, entry: dict[str, Any], pointer: str, owner: dict[str, Any]) -> None:
        """The operating system of a machine. Its version is part of the name, or a build that the name does without."""
        name, version = _text(entry.get("name")), _text(entry.get("version"))
        if not name:
            self._left_out(f"the operating system of {owner['id']} has no name", pointer)
            return
        whole = f"{name} {version}".strip()
        found = recognised([whole, name], self.vocabulary)
        said: dict[str, Any] = {"os": whole if found is None else found[0]}
        if found is None:
            self._odd(f"the operating system “{whole[:80]}” is not recognised", pointer)
        elif found[1].name in HYPERVISORS:
            said = {"hypervisor": found[0]}
            if found[1].name == "esx":
                said["os"] = Plain("none")
        self.claims.setdefault(owner["id"], []).append(_Claim(_SYSTEM, whole, pointer, said))
        if found is not None and found[0] != whole:
            self._odd(f"the version “{version[:40]}” of “{name[:80]}” has no place in a design", pointer)
        self._unread({**entry, "version": None}, pointer, ())

    def _application(self, entry: dict[str, Any], pointer: str, owner: dict[str, Any] | None) -> None:
        """An application, as a workload or as the hypervisor of its machine, where it is a product that is known."""
        name, version = _text(entry.get("name")), _text(entry.get("version"))
        whole = f"{name} {version}".strip()
        found = recognised([whole, name], self.vocabulary) if name else None
        kind = self.vocabulary.entities.get(_WORKLOAD)
        if found is None or kind is None:
            self._left_out(f"the application “{whole[:80]}” is no product that is known", pointer)
            return
        text, product = found
        if product.name in SYSTEMS:
            self._left_out(f"“{whole[:80]}” is an operating system, and stands here as an application", pointer)
            return
        if product.name in HYPERVISORS:
            if owner is None:
                self._left_out(f"which machine the hypervisor “{whole[:80]}” is of is not plain", pointer)
                return
            self.claims.setdefault(owner["id"], []).append(_Claim(_APPLICATION, whole, pointer, {"hypervisor": text}))
        else:
            id = self.workload_ids.give(_text(entry.get("bom-ref")) or name, f"workload-{len(self.workloads) + 1}")
            workload: dict[str, Any] = {"id": id, "product": text}
            if owner is not None:
                workload["machine"] = owner["id"]
            for attribute in kind.attributes.values():
                # Left out, it would be said of it that there is none: an inventory does not say so.
                if attribute.absent != UNKNOWN_WHEN_ABSENT and attribute.name not in (*workload, "count"):
                    workload[attribute.name] = Plain("unknown")
            self.workloads.append(workload)
            self.taken[_APPLICATION] += 1
        if text != whole:
            self._odd(f"the version “{version[:40]}” of “{name[:80]}” has no place in a design", pointer)
        self._unread({**entry, "version": None}, pointer, ())

    def _settle(self, machine: dict[str, Any]) -> None:
        """What the entries of a machine say together that it runs: where they disagree, nobody knows."""
        claims = self.claims.get(machine["id"], [])
        for attribute in ("os", "hypervisor"):
            about = [claim for claim in claims if attribute in claim.says]
            said = list(dict.fromkeys(claim.says[attribute] for claim in about))
            if len(said) == 1:
                machine[attribute] = said[0]
            elif said:
                machine[attribute] = Plain("unknown")
                names = " and ".join(dict.fromkeys(f"“{claim.name[:80]}”" for claim in about))
                for claim in about:
                    claim.taken = False
                self._left_out(f"{machine['id']} is said to run {names}: which of them is not plain", about[1].pointer)
        self.taken.update(claim.kind for claim in claims if claim.taken)

    def _unread(self, entry: dict[str, Any], pointer: str, read: tuple[str, ...]) -> None:
        """Note the properties of an entry that have no place in a design, and its version."""
        for name in _properties(entry):
            if name not in read:
                self._odd(f"the property “{name[:80]}” has no place in a design", pointer)
        for key in _unplaced(entry):
            self._odd(f"“{key}” has no place in a design", pointer)

    def _left_out(self, why: str, pointer: str) -> None:
        self.notes.append(Problem(codes.LEFT_OUT, why, self.document.origin_of(pointer)))

    def _odd(self, message: str, pointer: str) -> None:
        """Note what may happen in many entries, once, with how often it did."""
        self.odd[message] += 1
        self.first.setdefault(message, self.document.origin_of(pointer))


_PLACED: Final = frozenset(
    ("type", "name", "bom-ref", "manufacturer", "supplier", "publisher", "components", "properties")
)


def _unplaced(entry: dict[str, Any]) -> Iterator[str]:
    return (key for key, value in entry.items() if key not in _PLACED and value is not None)
