"""RVTools exports: the tabs vInfo (virtual machines), vHost and vCluster, of a workbook or as one text file each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from supportable.bom.limits import BOM_LIMITS
from supportable.bom.model import Row, Sheet
from supportable.bom.read import read_source
from supportable.document import Limits, Plain, read_bytes
from supportable.errors import DocumentError, Problem
from supportable.inventory import codes
from supportable.inventory.model import Imported, Tally
from supportable.inventory.naming import Ids, recognised
from supportable.origin import Origin
from supportable.vocabulary.model import Vocabulary

_MARKS: Final = {"vInfo": ("vm", "powerstate"), "vHost": ("host", "esx version"), "vCluster": ("name", "numhosts")}
"""The tabs that are read, with columns by which a text file is known for one."""

_TOOLS_OS: Final = "os according to the vmware tools"
_FILE_OS: Final = "os according to the configuration file"
_READ: Final = {
    "vInfo": ("vm", "powerstate", "template", _TOOLS_OS, _FILE_OS, "host", "cluster", "cpus", "memory", "dns name"),
    "vHost": ("host", "cluster", "vendor", "model", "esx version", "cpu model", "# memory"),
    "vCluster": ("name",),
}
_STATES: Final = {"poweredon": "up", "poweredoff": "down"}
_ESX: Final = re.compile(r"(VMware ESXi?) (\d+\.\d+)(?:\.\d+)*(?: build-\d+)?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+|\d+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of a tab, by column name in lower case; empty cells are left out."""

    cells: dict[str, str]
    origin: Origin

    def of(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class _Tab:
    """All rows of one kind, from whatever files."""

    entries: list[_Entry] = field(default_factory=list)
    columns: dict[str, Origin] = field(default_factory=dict)
    found: bool = False


def read_rvtools(paths: Sequence[str | Path], vocabulary: Vocabulary) -> Imported:
    """The design that an RVTools export makes: hosts and virtual machines with their guest systems, and clusters.

    Raises DocumentError for a file that cannot be read or holds none of the three tabs.
    """
    tabs = {name: _Tab() for name in _MARKS}
    notes: list[Problem] = []
    for path in paths:
        _read(str(path), tabs, notes)
    return _Maker(tabs, notes, vocabulary).made()


# -- reading ----------------------------------------------------------------------------------------------------------


def _read(file: str, tabs: dict[str, _Tab], notes: list[Problem]) -> None:
    data = read_bytes(file, limits=Limits(max_bytes=BOM_LIMITS.max_bytes))
    source = read_source(data, file)
    notes += source.warnings
    found = False
    for sheet in source.sheets:
        tab = _tab_of(sheet, Path(file).stem if source.format == "csv" else sheet.name)
        if tab:
            found = True
            _add(tabs[tab], sheet, file, several=len(source.sheets) > 1)
        elif sheet.rows:
            message = f"the tab “{sheet.name}” with {len(sheet.rows)} rows has no place in a design"
            notes.append(_note(message, Origin(file)))
    if not found:
        message = "none of the tabs vInfo, vHost and vCluster is in this file"
        hint = "export all from RVTools to a workbook, or these tabs to .csv files"
        raise DocumentError([Problem(codes.NOT_AN_INVENTORY, message, Origin(file), hint)])


def _tab_of(sheet: Sheet, name: str) -> str:
    """The tab that a sheet is, by its name or that of its file, or by its columns."""
    folded = name.casefold().replace("tab", "")
    for tab in _MARKS:
        if folded == tab.casefold() or folded.endswith("_" + tab.casefold()):
            return tab
    if name.casefold().startswith("v") and sheet.name == name:
        return ""
    header = {each.casefold() for each in _cells(sheet.rows[0])} if sheet.rows else set()
    return next((tab for tab, marks in _MARKS.items() if header.issuperset(marks)), "")


def _add(tab: _Tab, sheet: Sheet, file: str, *, several: bool) -> None:
    tab.found = True
    if not sheet.rows:
        return
    place = f"{file} ({sheet.name})" if several else file
    header = [each.casefold() for each in _cells(sheet.rows[0])]
    for column, name in enumerate(header):
        if name:
            tab.columns.setdefault(name, Origin(place, sheet.rows[0].line, column + 1))
    for row in sheet.rows[1:]:
        cells = {name: cell for name, cell in zip(header, _cells(row), strict=False) if name and cell}
        tab.entries.append(_Entry(cells, Origin(place, row.line, 1)))


def _cells(row: Row) -> list[str]:
    return [" ".join(row.text(column).split()) for column in range(len(row.values))]


def _note(message: str, origin: Origin, hint: str = "") -> Problem:
    return Problem(codes.LEFT_OUT, message, origin, hint)


# -- making -----------------------------------------------------------------------------------------------------------


class _Maker:
    """The design under construction: hosts and virtual machines by name, clusters by name."""

    def __init__(self, tabs: dict[str, _Tab], notes: list[Problem], vocabulary: Vocabulary) -> None:
        self.tabs = tabs
        self.notes = notes
        self.vocabulary = vocabulary
        self.machine_ids, self.cluster_ids = Ids(), Ids()
        self.machines: list[dict[str, Any]] = []
        self.clusters: dict[str, dict[str, Any]] = {}
        self.hosts: dict[str, str] = {}
        self.tallies: list[Tally] = []
        self.odd: Counter[str] = Counter()
        self.first: dict[str, Origin] = {}

    def made(self) -> Imported:
        self._each("vCluster", self._cluster)
        self._each("vHost", self._host)
        self._each("vInfo", self._vm)
        for message, count in self.odd.items():
            times = f", {count} times" if count > 1 else ""
            self.notes.append(_note(message + times, self.first[message]))
        for name, tab in self.tabs.items():
            left = [column for column in tab.columns if column not in _READ[name] and _used(tab, column)]
            if left:
                message = f"columns of {name} that have no place in a design: {', '.join(left)}"
                self.notes.append(_note(message, tab.columns[left[0]]))
        if not self.tabs["vHost"].found:
            for cluster in self.clusters.values():
                # Hosts without virtual machines are in no other tab.
                cluster["nodes"].append(Plain("..."))
        design: dict[str, Any] = {"design": "rvtools-export", "machines": self.machines}
        design["clusters"] = list(self.clusters.values())
        # What runs in the guests is not in an export; to leave the section out would say that nothing does.
        design["workloads"] = Plain("unknown")
        return Imported(design, tuple(self.tallies), tuple(self.notes))

    def _each(self, tab: str, make: Any) -> None:
        taken = sum(1 for entry in self.tabs[tab].entries if make(entry))
        read = len(self.tabs[tab].entries)
        self.tallies.append(Tally(tab, read, taken, read - taken))

    def _odd(self, message: str, origin: Origin) -> None:
        """Note what may happen in many rows, once, with how often it did."""
        self.odd[message] += 1
        self.first.setdefault(message, origin)

    def _left_out(self, why: str, entry: _Entry) -> bool:
        self.notes.append(_note(f"the row was left out: {why}", entry.origin))
        return False

    def _cluster(self, entry: _Entry) -> bool:
        name = entry.of("name")
        if not name:
            return self._left_out("it has no name", entry)
        if name in self.clusters:
            return self._left_out(f"a cluster “{name}” was in another row", entry)
        self.clusters[name] = {"id": self.cluster_ids.give(name, f"cluster-{entry.origin.line}"), "nodes": []}
        return True

    def _host(self, entry: _Entry) -> bool:
        name = entry.of("host")
        if not name:
            return self._left_out("it names no host", entry)
        if name in self.hosts:
            return self._left_out(f"a host “{name}” was in another row", entry)
        id = self.machine_ids.give(name, f"host-{entry.origin.line}")
        self.hosts[name] = id
        machine: dict[str, Any] = {"id": id, "kind": "physical"}
        self._esx(entry, machine)
        model = " ".join(part for part in (entry.of("vendor"), entry.of("model")) if part)
        if model:
            machine["model"] = model
        processor = entry.of("cpu model").casefold()
        for word in ("intel", "amd"):
            if processor.startswith(word):
                machine["cpu_vendor"] = word
        self._memory(entry, "# memory", machine)
        self.machines.append(machine)
        if entry.of("cluster"):
            self._of_cluster(entry.of("cluster"), entry)["nodes"].append(id)
        return True

    def _esx(self, entry: _Entry, machine: dict[str, Any]) -> None:
        version = entry.of("esx version")
        if not version:
            return
        short = _ESX.fullmatch(version)
        texts = [version, f"{short[1]} {short[2]}"] if short else [version]
        found = recognised(texts, self.vocabulary)
        if found is None:
            machine["hypervisor"] = version
            self._odd(f"the hypervisor “{version[:80]}” is not recognised", entry.origin)
            return
        text, product = found
        machine["hypervisor"] = text
        if product.name == "esx":
            machine["os"] = Plain("none")
        if text != version:
            self._odd(f"“{version[:80]}” was taken for “{text}”; its build has no place in a design", entry.origin)

    def _vm(self, entry: _Entry) -> bool:
        name = entry.of("vm")
        if not name:
            return self._left_out("it names no virtual machine", entry)
        if entry.of("template").casefold() == "true":
            return self._left_out(f"“{name}” is a template and never runs", entry)
        id = self.machine_ids.give(name, f"vm-{entry.origin.line}")
        if id != name:
            self.notes.append(_note(f"“{name}” is called “{id}” in the design, as ids are given once", entry.origin))
        machine: dict[str, Any] = {"id": id, "kind": "virtual"}
        if entry.of("dns name"):
            machine["computer_name"] = entry.of("dns name")
        self._guest(entry, machine)
        host = entry.of("host")
        if host:
            machine["host"] = self._host_named(host, entry)
        if entry.of("cluster"):
            machine["host_cluster"] = self._of_cluster(entry.of("cluster"), entry)["id"]
        state = entry.of("powerstate")
        if state:
            machine["state"] = _STATES.get(state.casefold(), Plain("unknown"))
            if machine["state"] == "unknown":
                self._odd(f"the power state “{state[:40]}” has no meaning in a design", entry.origin)
        self._whole(entry, "cpus", "virtual_processors", machine)
        self._memory(entry, "memory", machine)
        self.machines.append(machine)
        return True

    def _guest(self, entry: _Entry, machine: dict[str, Any]) -> None:
        """The guest system: what runs, by VMware Tools, or else what the configuration says was meant to."""
        tools, file = entry.of(_TOOLS_OS), entry.of(_FILE_OS)
        text = tools or file
        if not text:
            return
        machine["os"] = text
        if recognised([text], self.vocabulary) is None:
            self._odd(f"the guest system “{text[:80]}” is not recognised", entry.origin)
        elif tools and file and tools != file:
            self._odd(
                f"VMware Tools say “{tools[:80]}”, which was taken; the configuration “{file[:80]}”", entry.origin
            )

    def _host_named(self, name: str, entry: _Entry) -> str:
        """The id of a host; one that has no row of its own is known by name only."""
        if name not in self.hosts:
            self.hosts[name] = self.machine_ids.give(name, f"host-of-{entry.origin.line}")
            self.machines.append({"id": self.hosts[name]})
            self.notes.append(_note(f"the host “{name}” has no row in vHost: only its name is known", entry.origin))
            if entry.of("cluster"):
                self._of_cluster(entry.of("cluster"), entry)["nodes"].append(self.hosts[name])
        return self.hosts[name]

    def _of_cluster(self, name: str, entry: _Entry) -> dict[str, Any]:
        if name not in self.clusters:
            self.clusters[name] = {"id": self.cluster_ids.give(name, f"cluster-of-{entry.origin.line}"), "nodes": []}
            self.notes.append(_note(f"the cluster “{name}” has no row in vCluster", entry.origin))
        return self.clusters[name]

    def _whole(self, entry: _Entry, column: str, attribute: str, machine: dict[str, Any]) -> int | None:
        text = entry.of(column)
        if not text:
            return None
        plain = text.removesuffix(".0")
        number = int(re.sub(r"\D", "", plain)) if _WHOLE.fullmatch(plain) else 0
        if not number:
            self._odd(f"“{text[:40]}” in the column “{column}” is no number of anything", entry.origin)
            return None
        if attribute:
            machine[attribute] = Plain(number)
        return number

    def _memory(self, entry: _Entry, column: str, machine: dict[str, Any]) -> None:
        mebibytes = self._whole(entry, column, "", machine)
        if mebibytes is not None:
            # The vocabulary counts in ten-thousandths of a GiB, a tenth of a MiB.
            gibibytes = (Decimal(mebibytes) / 1024).quantize(Decimal("0.0001")).normalize()
            machine["memory"] = Plain(format(gibibytes, "f"))


def _used(tab: _Tab, column: str) -> bool:
    return any(column in entry.cells for entry in tab.entries)
