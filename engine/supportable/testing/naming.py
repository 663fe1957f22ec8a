"""What cases expect of one rule, in words: for the rule's page, and for whoever asks about it."""

from __future__ import annotations

from supportable.testing.case_files import RULE_KEYS
from supportable.testing.model import Case, Cite, Claim, Expectation


def expectation_on(rule: str, case: Case) -> Expectation | None:
    """The first expectation of the case that names the rule, given by its full name; None if none does."""
    return next((each for each in case.expect if any(_names(claim, rule) for claim in each.claims)), None)


def said(expectation: Expectation) -> str:
    """All that is expected of the subject, in one line: "unsupported, violated: guest-os"."""
    return ", ".join(_claim(claim) for claim in expectation.claims)


def _names(claim: Claim, rule: str) -> bool:
    return claim.key in RULE_KEYS and isinstance(claim.value, tuple) and rule in claim.value


def _claim(claim: Claim) -> str:
    key = claim.key.replace("_", " ")
    if isinstance(claim.value, bool):
        return key if claim.value else f"not {key}"
    if isinstance(claim.value, str):
        return claim.value.replace("_", " ") if claim.key == "status" else f"{key} {claim.value.replace('_', ' ')}"
    names = [str(each) if isinstance(each, Cite) else each.rpartition("/")[2] if claim.key in RULE_KEYS else each
             for each in claim.value]  # fmt: skip
    return f"{key}: {', '.join(names) or 'none'}"
