"""What an install brings: little, and the same in every run of these tests."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def requirements(lines: list[str]) -> dict[str, Requirement]:
    parsed = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


def test_a_plain_install_brings_five_packages() -> None:
    assert set(requirements(PROJECT["dependencies"])) == {"lark", "pydantic", "pyyaml", "rich", "typer"}


def test_every_declared_requirement_is_pinned_within_its_bounds() -> None:
    pins = requirements((ROOT / "constraints.txt").read_text().splitlines())
    declared = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    outside = []
    # An extra may take in another of ours.
    others = {name: each for name, each in requirements(declared).items() if name != PROJECT["name"]}
    for name, requirement in others.items():
        version = str(pins[name].specifier).removeprefix("==") if name in pins else None
        if version is None or not requirement.specifier.contains(version):
            outside.append(f"{requirement} is pinned to {version}")
    assert outside == []


def test_the_pins_name_versions_and_no_places() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if "/" in line or "@" in line or line.count("==") != 1] == []
