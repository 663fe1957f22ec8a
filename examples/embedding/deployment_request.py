"""A form that refuses a design which is not supported: supportable inside somebody else's pydantic model.

Run it with a design to see what the form answers::

    python deployment_request.py ../sql-guest-cluster.yaml 2009-05-01
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from supportable import PackSet, SupportableError, Verdict, evaluate, load_packs

ACCEPTED = {"supported", "conditional"}


@cache
def packs() -> PackSet:
    """The packs, loaded once; they may be shared by threads. A form that others rely on stops where one is broken."""
    found = load_packs()
    if found.broken:
        raise RuntimeError("; ".join(str(problem) for broken in found.broken for problem in broken.problems))
    return found


class DeploymentRequest(BaseModel):
    """Somebody wants to put a design into service on a day. `design` has the shape of a design document."""

    requested_by: str
    go_live: date
    design: dict[str, Any]

    @model_validator(mode="after")
    def _must_be_supported(self) -> Self:
        try:
            verdict = evaluate(self.design, packs(), as_of=self.go_live)
        except SupportableError as error:
            words = "; ".join(f"{problem.code} {problem.message}" for problem in error.problems)
            raise PydanticCustomError(
                "design_not_judged", "the design cannot be judged: {words}", {"words": words}
            ) from None
        if verdict.status not in ACCEPTED:
            raise PydanticCustomError(
                "design_not_supported",
                "the design is {status} as of {day} ({coverage}): {reasons}",
                {
                    "status": verdict.status,
                    "day": verdict.as_of,
                    "coverage": coverage(verdict),
                    "reasons": reasons(verdict),
                },
            )
        return self


def coverage(verdict: Verdict) -> str:
    """What the status is about; never leave it out."""
    return f"{verdict.coverage.covered} of {verdict.coverage.judged} judged subjects covered"


def reasons(verdict: Verdict) -> str:
    """What is violated, by which articles, and where nothing is, what is to be found out."""
    violated = [
        f"{found.message or found.title} [{', '.join(cited.ref for cited in found.citations)}]"
        for subject in verdict.subjects
        for found in subject.findings
        if found.kind == "violated"
    ]
    asked = [f"{missing.question or 'to know'} ({missing.fact})" for missing in verdict.missing[:3]]
    return "; ".join(violated or asked) or "no rule states that it is supported"


def main(path: str, day: str) -> int:
    """0 if the form takes the design, 1 if it does not."""
    design = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    try:
        DeploymentRequest.model_validate({"requested_by": "you", "go_live": day, "design": design})
    except ValidationError as error:
        print(error)
        return 1
    print("accepted")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
