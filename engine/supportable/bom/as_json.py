"""A judged bill as plain values (docs/bom.md): one entry for each line that carries data, in order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from supportable.bom.model import JudgedBom, JudgedLine, Recognised, Statement
from supportable.verdict import to_json
from supportable.verdict.model import Cited


def bom_to_json(judged: JudgedBom) -> dict[str, Any]:
    """The whole answer as dicts, lists, text, whole numbers, bools and None, ready for `canonical_json`."""
    source = judged.bom.source
    return {
        "bom": {
            "file": source.file,
            "format": source.format,
            "digest": f"sha256:{source.digest}",
            "encoding": source.encoding or None,
            "delimiter": source.delimiter or None,
            "sheets": [sheet.name for sheet in source.sheets if sheet.name],
            "headers": [
                {
                    "sheet": header.sheet or None,
                    "line": header.line,
                    "columns": list(header.names),
                    "roles": dict(header.roles),
                }
                for header in judged.bom.headers
            ],
            "statuses": dict(sorted(Counter(line.status for line in judged.lines).items())),
            "design": judged.design or None,
            "allows": [_statement(one) for one in judged.allows],
            "forbids": [_statement(one) for one in judged.forbids],
            "cannot_tell": [_statement(one) for one in judged.cannot_tell],
            "warnings": [
                {"code": one.code, "message": one.message, "hint": one.hint, "line": one.origin.line}
                for one in judged.warnings
            ],
            "implied": judged.implied,
        },
        "lines": [line_to_json(line) for line in judged.lines],
        "design": to_json(judged.verdict),
    }


def line_to_json(judged: JudgedLine) -> dict[str, Any]:
    """One line."""
    line = judged.line
    return {
        "sheet": line.sheet or None,
        "line": line.line,
        "kind": line.kind,
        "text": line.text,
        "quantity": line.quantity,
        "group": line.group or None,
        "recognised": None if judged.recognised is None else _recognised(judged.recognised),
        "subjects": list(judged.subjects),
        "status": judged.status,
        "reasons": list(judged.reasons),
        "nearest": list(judged.nearest),
        "citations": [_cited(one) for one in judged.citations],
    }


def _recognised(found: Recognised) -> dict[str, Any]:
    type_ = {"os": "machine", "hypervisor": "machine", "server": "machine", "workload": "workload", "other": None}
    plain: dict[str, Any] = {"type": type_.get(found.kind, "component"), "kind": found.kind, "by": found.by}
    plain["title"] = found.title
    for name in ("vendor", "model", "part_number"):
        if getattr(found, name):
            plain[name] = getattr(found, name)
    if found.product is not None:
        plain["product"] = found.product.as_given()
    return plain


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "about": one.about,
        "status": one.status,
        "reasons": list(one.reasons),
        "citations": [_cited(each) for each in one.citations],
        "lines": list(one.lines),
    }


def _cited(one: Cited) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "title": one.title,
        "url": one.url,
        "section": one.section,
        "revision": one.revision,
        "confidence": one.confidence,
    }
