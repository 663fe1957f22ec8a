"""Verdicts in the shape of the expectations, so that the two are compared whole."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

LISTED: Final = ("satisfied", "violated", "open", "harmless")
UNLISTED: Final = ("not_applicable", "not_in_force")

_OPTIONAL: Final = ("at_best", "offenders", "cites", "message", "remedies", "title")


def expected(given: dict[str, Any], packs: list[dict[str, Any]]) -> dict[str, Any]:
    """The expectation with everything that the format lets a case leave out."""
    rules = [rule for pack in packs for rule in pack.get("rules", ())]
    subjects = {name: _subject(said or {}, rules) for name, said in given["subjects"].items()}
    missing = [subject["missing"] for subject in subjects.values() if subject["missing"]]
    kinds: Counter[str] = Counter()
    for name, subject in given["subjects"].items():
        of_type = [rule["id"] for rule in rules if rule["subject"] == name.partition("/")[0]]
        found = {rule: _kind(finding) for rule, finding in ((subject or {}).get("findings") or {}).items()}
        assert set(found) <= set(of_type), f"{name}: there are no rules {sorted(set(found) - set(of_type))}"
        kinds.update(found.get(rule, "not_applicable") for rule in of_type)
    coverage = {
        "covered": "0",
        "open": "0",
        "judged": str(len(subjects)),
        "not_covered": [],
        **given.get("coverage", {}),
    }
    return {
        **_status(given),
        "coverage": coverage,
        "missing": given.get("missing", missing[0] if len(missing) == 1 else []),
        "assumed": given.get("assumed", {}),
        "unrecognised": given.get("unrecognised", []),
        "ledger": given.get("ledger", {kind: kinds[kind] for kind in (*LISTED, *UNLISTED)}),
        "subjects": subjects,
        **({"actions": given["actions"]} if "actions" in given else {}),
    }


def _status(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": given["status"],
        "at_worst": given.get("at_worst", given["status"]),
        "at_best": given.get("at_best", given["status"]),
        "disputed": given.get("disputed", "false"),
    }


def _kind(finding: Any) -> str:
    return str(finding["kind"] if isinstance(finding, dict) else finding)


def _subject(given: dict[str, Any], rules: list[dict[str, Any]]) -> dict[str, Any]:
    advisory = {rule["id"] for rule in rules if rule.get("otherwise") == "advisory"}
    findings = {}
    for rule, said in (given.get("findings") or {}).items():
        finding = dict(said) if isinstance(said, dict) else {"kind": said}
        tells = ("violated", "open") if rule in advisory else LISTED
        if finding["kind"] in tells:
            bad = finding["kind"] in ("violated", "open")
            outcome = "" if not bad else "advisory" if rule in advisory else "unsupported"
            findings[rule] = {"outcome": outcome, "disputed": "false", "refused": "false", "waived_by": [], **finding}
    return {
        **_status(given if "status" in given else {**given, "status": "not_covered"}),
        "rests_on": given.get("rests_on"),
        "missing": given.get("missing", []),
        "answers": given.get("answers", {}),
        "findings": findings,
    }


def shown(verdict: dict[str, Any], want: dict[str, Any]) -> dict[str, Any]:
    """The verdict in the same shape; what is compared only where it is expected is left out elsewhere."""
    coverage = verdict["coverage"]
    advisories = [*verdict["advisories"], *verdict["may_apply"]]
    subjects = {}
    for subject in verdict["subjects"]:
        wanted = want["subjects"].get(subject["subject"], {"findings": {}, "answers": {}})
        own = [finding for finding in advisories if finding["subject"] == subject["subject"]]
        subjects[subject["subject"]] = {
            **_words(subject, ("status", "at_worst", "at_best", "disputed")),
            "rests_on": subject["rests_on"],
            "missing": [_missing(one) for one in subject["missing"]],
            "answers": {
                one["fact"]: {str(_word(answer["value"])): answer["status"] for answer in one["answers"]}
                for one in subject["missing"]
                if one["fact"] in wanted["answers"]
            },
            "findings": {
                short(finding["rule"]): _finding(finding, wanted["findings"].get(short(finding["rule"]), {}))
                for finding in [*subject["findings"], *own]
            },
        }
    return {
        **_words(verdict, ("status", "at_worst", "at_best", "disputed")),
        "coverage": {**_words(coverage, ("covered", "open", "judged")), "not_covered": coverage["not_covered"]},
        "missing": [_missing(one) for one in verdict["missing"]],
        "assumed": {one["fact"]: _word(one["as"]) for one in verdict["assumed"]},
        "unrecognised": [one["text"] for one in verdict["unrecognised"]],
        "ledger": {kind: verdict["ledger"][kind] for kind in (*LISTED, *UNLISTED)},
        "subjects": subjects,
        **({"actions": verdict["actions"]} if "actions" in want else {}),
    }


def short(rule: str) -> str:
    """The rule without its pack: ids are unique within a file."""
    return rule.partition("/")[2]


def _missing(one: dict[str, Any]) -> str:
    if one["kind"] == "catalogue":
        return f"catalogue {one['fact'].partition(':')[0]}"
    return str(one["fact"]) if one["kind"] == "fact" else "policy"


def _finding(finding: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    optional = {"cites": sorted({cited["ref"] for cited in finding["citations"]}), **finding}
    return {
        **_words(finding, ("kind", "outcome", "disputed", "refused")),
        "waived_by": finding["waived_by"],
        **{key: optional[key] for key in _OPTIONAL if key in wanted},
    }


def _words(held: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: _word(held[key]) for key in keys}


def _word(value: Any) -> Any:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
