"""What a caller knows of a layout: columns named by hand, and profiles of it kept in files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from supportable.bom import codes
from supportable.bom.columns import ROLE_NAMES, folded
from supportable.bom.model import Role, Said, part_key
from supportable.document import Document, read_file
from supportable.errors import Problem, UsageError, did_you_mean
from supportable.origin import Origin

_KEYS: Final = ("profile", "columns", "decimal", "encoding", "sheets", "groups", "parts")
_PART_KEYS: Final = ("kind", "vendor", "model")
PART_KINDS: Final = ("server", "storage", "hba", "nic", "switch", "driver", "software", "other")
"""What a profile may say that a part is, where it has no name that is known."""
_PAIR: Final = re.compile(r"\s*([A-Za-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]*))\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Profile:
    """How to read one layout.

    `columns` gives roles to headers, folded; `places` gives roles to columns by their number from 1, for files without
    a header. `decimal` is the decimal sign of quantities, "" where it is not known. `sheets` names the sheets to read,
    all if empty. `groups` are words with which the heading of a configuration begins, beside the usual ones. `parts`
    says what parts are, by part number or description (see `Bom.said`).
    """

    columns: dict[str, Role] = field(default_factory=dict)
    places: dict[int, Role] = field(default_factory=dict)
    decimal: str = ""
    encoding: str = ""
    sheets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)
    """Headers as they were given, by their folded form, for messages."""
    parts: dict[str, Said] = field(default_factory=dict)

    def with_mapping(self, mapping: str) -> Profile:
        """The profile with what `--map` says added: `qty=Menge,part="Art.-Nr."`, or `part=#1`, a column by its place.

        Raises UsageError."""
        columns, places, named = dict(self.columns), dict(self.places), dict(self.named)
        at = 0
        origin = Origin("--map")
        while at < len(mapping):
            pair = _PAIR.match(mapping, at)
            if pair is None:
                hint = 'write it like qty=Menge,part="Art.-Nr."'
                raise UsageError([Problem(codes.BAD_MAPPING, f"“{mapping[at:]}” maps nothing", origin, hint)])
            header = next((given for given in pair.groups()[1:] if given is not None), "").strip()
            _add(pair[1].lower(), header, columns, places, named, origin=origin, code=codes.BAD_MAPPING)
            at = pair.end()
        return replace(self, columns=columns, places=places, named=named)


def read_profile(path: Path) -> Profile:
    """The profile in a YAML file. Raises DocumentError or UsageError."""
    return profile_of(read_file(path))


def profile_of(document: Document) -> Profile:
    """The profile that a document holds. Raises UsageError."""
    root = document.root
    problems: list[Problem] = []
    columns: dict[str, Role] = {}
    places: dict[int, Role] = {}
    named: dict[str, str] = {}

    def wrong(message: str, pointer: str, hint: str = "") -> None:
        problems.append(Problem(codes.BAD_PROFILE, message, document.origin_of(pointer), hint))

    if not isinstance(root, dict):
        hint = "write it like “columns: {qty: Menge, part: Art.-Nr.}”"
        raise UsageError([Problem(codes.BAD_PROFILE, "a profile is a map", document.origin_of(""), hint)])
    for key in root:
        if key not in _KEYS:
            wrong(f"a profile has no “{key}”", f"/{key}", did_you_mean(str(key), _KEYS))
    given: object = root.get("columns") or {}
    if not isinstance(given, dict):
        wrong("“columns” is a map of roles to headers", "/columns")
        given = {}
    for role, headers in given.items():
        for header in headers if isinstance(headers, list) else [headers]:
            try:
                origin = document.origin_of(f"/columns/{role}")
                _add(
                    str(role).lower(), str(header or ""), columns, places, named, origin=origin, code=codes.BAD_PROFILE
                )
            except UsageError as error:
                problems += error.problems
    decimal = str(root.get("decimal") or "")
    if decimal not in ("", ".", ","):
        wrong("“decimal” is “.” or “,”", "/decimal")
    lists = {}
    for key in ("sheets", "groups"):
        held: object = root.get(key) or []
        lists[key] = tuple(str(each) for each in held) if isinstance(held, list) else (str(held),)
    parts, wrong_parts = _parts(document, root.get("parts") or {})
    problems += wrong_parts
    if problems:
        raise UsageError(problems)
    encoding = str(root.get("encoding") or "")
    return Profile(columns, places, decimal, encoding, lists["sheets"], lists["groups"], named, parts)


def _parts(document: Document, given: object) -> tuple[dict[str, Said], list[Problem]]:
    """What the profile says that parts are, and what is wrong with it."""
    origin = document.origin_of("/parts")
    if not isinstance(given, dict):
        return {}, [Problem(codes.BAD_PROFILE, "“parts” is a map of part numbers or descriptions", origin)]
    found: dict[str, Said] = {}
    given_as: dict[str, str] = {}
    problems = []
    for part, what in given.items():
        at = document.origin_of(f"/parts/{str(part).replace('~', '~0').replace('/', '~1')}")
        key = part_key(str(part))
        told = what if isinstance(what, dict) else {}
        values = {each: str(told.get(each) or "") for each in _PART_KEYS}
        name = "" if isinstance(what, dict | list) or what is None else str(what)
        if not key:
            hint = "give its number or its description: lines without a number are not all one part"
            problems.append(Problem(codes.BAD_PROFILE, "a part has neither number nor description", at, hint))
        elif key in given_as:
            hint = "say it once; spaces and case make no difference"
            message = f"“{str(part)[:80]}” is the same part as “{given_as[key][:80]}”"
            problems.append(Problem(codes.BAD_PROFILE, message, at, hint))
        elif unknown := [each for each in told if each not in _PART_KEYS]:
            hint = did_you_mean(str(unknown[0]), _PART_KEYS)
            problems.append(Problem(codes.BAD_PROFILE, f"a part has no “{unknown[0]}”", at, hint))
        elif listed := [each for each in _PART_KEYS if isinstance(told.get(each), dict | list)]:
            message = f"“{listed[0]}” of “{str(part)[:80]}” is one text"
            problems.append(Problem(codes.BAD_PROFILE, message, at))
        elif values["kind"] and values["kind"] not in PART_KINDS:
            hint = did_you_mean(values["kind"], PART_KINDS)
            problems.append(Problem(codes.BAD_PROFILE, f"“{values['kind']}” is no kind of part", at, hint))
        elif not name and not values["kind"]:
            hint = "name it as a bill would, or give its kind: {kind: server, vendor: HP, model: ProLiant DL380 G5}"
            problems.append(Problem(codes.BAD_PROFILE, f"what “{str(part)[:80]}” is, is not said", at, hint))
        else:
            found[key] = Said(name, origin=at, **values)
        given_as.setdefault(key, str(part))
    return found, problems


def _add(
    role: str,
    header: str,
    columns: dict[str, Role],
    places: dict[int, Role],
    named: dict[str, str],
    *,
    origin: Origin,
    code: str,
) -> None:
    if role not in ROLE_NAMES:
        hint = did_you_mean(role, ROLE_NAMES)
        raise UsageError([Problem(code, f"“{role}” is nothing that a column can be", origin, hint)])
    if re.fullmatch(r"#[1-9]\d{0,3}", header):
        places[int(header[1:])] = ROLE_NAMES[role]
    elif folded(header):
        columns[folded(header)] = ROLE_NAMES[role]
        named[folded(header)] = header
    else:
        raise UsageError(
            [Problem(code, f"no column is named for “{role}”", origin, "name its header, or its place: #3")]
        )
