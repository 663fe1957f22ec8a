"""A small field of our own (servers on arrays) to write packs about, and shelves to put them on."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

VOCABULARY = """\
vocabulary: acme
version: 1.0.0
language: 1
types:
  server:
    absent: none
    attributes:
      spare: {bool, absent: false}
      memory: int
      delivered: date
      array: {ref: array, rests_on: true}
  array:
    absent: none
    attributes:
      model: text
      mirrored: bool
      bays: {list: bay, part: true}
      power: {record: power}
      servers: {inverse: server.array}
  bay:
    judged: false
    absent: none
    attributes:
      width: int
records:
  power:
    attributes:
      watts: int
"""

REFERENCES = """\
references: acme
version: 1.0.0
articles:
  ACME-100:
    title: Supported configurations
    url: https://support.acme.example/100
    publisher: Acme
    confidence: full
    revisions:
      first: {date: 2020-03-01}
      second: {date: 2022-06-01}
  ACME-200:
    title: Firmware
    url: https://support.acme.example/200
    publisher: Acme
    confidence: opening
"""

HEAD = """\
pack: acme.arrays
version: 1.0.0
title: Arrays
language: 1
"""

RULE = """\
rules:
  - id: mirrored
    title: A mirrored array is supported
    subject: array
    covers: true
    require: array.mirrored
    otherwise: unsupported
    message: "{{ array.id }} is not mirrored"
    remedies: [Mirror it]
    cite: [{ref: ACME-100, section: Arrays}]
"""

SHARED = {"vocabulary/acme.yaml": VOCABULARY, "references/acme.yaml": REFERENCES}
ARRAYS = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/mirrors.yaml": RULE}


def shelf(folder: Path, *files: Mapping[str, str | bytes]) -> Path:
    """A shelf with these files, by path; text is dedented."""
    for name, content in (item for part in files for item in part.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())
    return folder


def head(name: str, requires: str = "", version: str = "1.0.0") -> str:
    """A pack.yaml without rules; `requires` is the inside of the list."""
    return f"pack: {name}\nversion: {version}\ntitle: {name}\nlanguage: 1\nrequires: [{requires}]\n"


def derive(fact: str, value: str) -> str:
    """One definition, in a file of its own."""
    return f"derive:\n  - fact: {fact}\n    title: {fact}\n    value: {value}\n"


def rule(id: str, subject: str, **said: str) -> str:
    """One rule, in a file of its own. What is not said is said well; a value of "-" leaves the key out."""
    fields = {
        "title": f"The rule {id}",
        "subject": subject,
        "otherwise": "unsupported",
        "message": "it does not hold",
        "remedies": "[Mend it]",
        "cite": "[{ref: ACME-100}]",
        **said,
    }
    lines = [f"    {key}: {value}\n" for key, value in fields.items() if value != "-"]
    return f"rules:\n  - id: {id}\n" + "".join(lines)
