"""The JSON Schema (2020-12) of the verdict's JSON form: every key is named, required where it is always there, and no
other is allowed."""

from __future__ import annotations

from typing import Any, Final

from supportable.verdict.as_json import FORMAT
from supportable.verdict.model import STATUS_ORDER

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_FLAG: Final[Schema] = {"type": "boolean"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_DAY: Final[Schema] = {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$"}
_DIGEST: Final[Schema] = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_BOUND: Final[Schema] = {"enum": [status for status in STATUS_ORDER if status != "undetermined"]}
_STATUS: Final[Schema] = {"enum": list(STATUS_ORDER)}
_CONFIDENCE: Final[Schema] = {"enum": ["", "full", "opening", "secondary"]}


def verdict_schema() -> Schema:
    """The schema of one verdict, as plain dicts and lists."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:supportable:verdict:{FORMAT}",
        "title": "Verdict",
        "description": "Whether one design is supported on one day, why, and what is still to be found out.",
        **_object(
            format={"const": FORMAT},
            design=_TEXT,
            digest=_DIGEST,
            as_of=_DAY,
            status=_ref("status"),
            at_worst=_ref("bound"),
            at_best=_ref("bound"),
            disputed=_FLAG,
            confidence=_CONFIDENCE,
            coverage=_object(covered=_COUNT, open=_COUNT, judged=_COUNT, not_covered=_list(_TEXT)),
            actions=_list(_TEXT),
            subjects=_list(_ref("subject")),
            missing=_list(_ref("missing")),
            assumed=_list(_object({"as": {}}, fact=_TEXT, pointer=_TEXT, say=_TEXT, decides=_FLAG)),
            unrecognised=_list(_object(pointer=_TEXT, text=_TEXT, nearest=_list(_TEXT), at=_ref("place"))),
            advisories=_list(_ref("finding")),
            may_apply=_list(_ref("finding")),
            warnings=_list(_TEXT),
            ledger=_object(
                satisfied=_COUNT,
                violated=_COUNT,
                open=_COUNT,
                harmless=_COUNT,
                not_applicable=_COUNT,
                not_in_force=_COUNT,
                total=_COUNT,
            ),
            packs=_list(_object(pack=_TEXT, version=_TEXT, digest=_DIGEST)),
            vocabulary=_DIGEST,
            references=_DIGEST,
            catalogues=_list(_object(catalogue=_TEXT, version=_TEXT, digest=_DIGEST)),
            engine=_object(version=_TEXT, language={"type": "integer", "minimum": 1}, reading=_TEXT),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    return {
        "status": {"description": "Worst first.", **_STATUS},
        "bound": {"description": "A status that something can turn out to have.", **_BOUND},
        "subject": _object(
            subject=_TEXT,
            type=_TEXT,
            id=_TEXT,
            title=_TEXT,
            status=_ref("status"),
            at_worst=_ref("bound"),
            at_best=_ref("bound"),
            disputed=_FLAG,
            coverage={"enum": ["covered", "open", "not_covered"]},
            confidence=_CONFIDENCE,
            rests_on=_or_null(_object(worst=_ref("status"), subjects=_list(_TEXT))),
            findings=_list(_ref("finding")),
            missing=_list(_ref("missing")),
            pointer=_TEXT,
            at=_ref("place"),
        ),
        "finding": _object(
            rule={"type": "string", "pattern": "^[^/]+/[^/]+$"},
            version=_TEXT,
            subject=_TEXT,
            revision=_object(
                {"from": _or_null(_DAY)}, until=_or_null(_DAY), last_seen=_or_null(_DAY), changes_on=_list(_DAY)
            ),
            kind={"enum": ["satisfied", "violated", "open", "harmless"]},
            outcome={"enum": ["", "conditional", "limited", "unsupported", "not_covered", "advisory"]},
            at_best={"enum": ["", "conditional", "limited", "unsupported", "not_covered", "advisory"]},
            covers=_FLAG,
            refused=_FLAG,
            disputed=_FLAG,
            in_gap=_FLAG,
            title=_TEXT,
            message=_TEXT,
            remedies=_list(_TEXT),
            offenders=_list(_TEXT),
            waived_by=_list(_TEXT),
            citations=_list(_ref("citation")),
            missing=_list(_TEXT),
            at=_ref("place"),
            because=_or_null(_ref("step")),
        ),
        "missing": _object(
            kind={"enum": ["fact", "catalogue", "policy"]},
            fact=_TEXT,
            pointer=_TEXT,
            question=_TEXT,
            answers=_list(_object(value={}, status=_ref("status"))),
            decides=_list(_TEXT),
            worst=_ref("bound"),
            subjects=_list(_TEXT),
        ),
        "citation": _object(ref=_TEXT, title=_TEXT, url=_TEXT, section=_TEXT, revision=_TEXT, confidence=_CONFIDENCE),
        "place": _or_null(_object(optional={"pack": _TEXT}, file=_TEXT, line=_COUNT, column=_COUNT)),
        "step": {
            "description": "A node of the tree of reasons: an expression, or a fact of the design.",
            **_object(
                optional={
                    "expression": _TEXT,
                    "truth": {"enum": ["false", "unknown", "true"]},
                    "fact": _TEXT,
                    "value": {},
                    "pointer": _TEXT,
                    "assumed": {"const": True},
                    "open": {"const": True},
                    "member": _TEXT,
                    "row": _TEXT,
                    "note": _TEXT,
                    "at": _ref("place"),
                    "citations": _list(_ref("citation")),
                    "children": _list(_ref("step")),
                }
            ),
        },
    }


def _object(named: Schema | None = None, *, optional: Schema | None = None, **required: Schema) -> Schema:
    """A closed object. `named` are required keys that are no Python names."""
    must = {**(named or {}), **required}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(must),
        "properties": {**must, **(optional or {})},
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
