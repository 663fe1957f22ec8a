"""The example of a form that refuses an unsupported design, run as it stands in the repository."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pydantic
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples" / "embedding" / "deployment_request.py"
DESIGN: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "sql-guest-cluster.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def form() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("deployment_request", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["deployment_request"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["deployment_request"]


def refused(form: ModuleType, day: str, design: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(pydantic.ValidationError) as caught:
        form.DeploymentRequest(requested_by="a", go_live=day, design=design)
    return [(error["type"], error["msg"]) for error in caught.value.errors()]


def test_a_supported_design_is_taken(form: ModuleType) -> None:
    assert form.DeploymentRequest(requested_by="a", go_live="2009-07-01", design=DESIGN).design == DESIGN


def test_an_unsupported_design_is_refused_with_coverage_reason_and_article(form: ModuleType) -> None:
    ((type_, words),) = refused(form, "2009-05-01", DESIGN)
    assert type_ == "design_not_supported"
    assert words.startswith("the design is unsupported as of 2009-05-01 (2 of 6 judged subjects covered): ")
    assert "[KB956893" in words


def test_what_is_no_design_is_refused_with_every_problem(form: ModuleType) -> None:
    ((type_, words),) = refused(form, "2009-05-01", {"machines": [{"id": "a", "oss": "x"}, {"id": "a"}]})
    assert type_ == "design_not_judged"
    assert words.count("SUP") == 2


def test_an_empty_design_is_not_taken_for_a_supported_one(form: ModuleType) -> None:
    ((_, words),) = refused(form, "2009-05-01", {"design": "empty"})
    assert "not_covered" in words
    assert "no rule states that it is supported" in words
