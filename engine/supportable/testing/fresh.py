"""Generated pages on disk: written, or compared with what they should be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from supportable.errors import Problem
from supportable.origin import Origin
from supportable.testing import quality_codes as codes


def write_pages(pages: Mapping[Path, str], folder: Path) -> None:
    """Write every page that differs, and remove those Markdown files of the folder that no page accounts for."""
    for path in _surplus(pages, folder):
        path.unlink()
    for path, text in pages.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def differences(pages: Mapping[Path, str], folder: Path) -> list[Problem]:
    """Each page that is missing, stale or no longer due, in order of path."""
    found = [_problem(path, "no rule asks for this page any more") for path in _surplus(pages, folder)]
    for path, text in pages.items():
        if not path.is_file():
            found.append(_problem(path, "the page is missing"))
        elif path.read_text(encoding="utf-8") != text:
            found.append(_problem(path, "the page is stale"))
    return sorted(found, key=lambda problem: problem.origin)


def _surplus(pages: Mapping[Path, str], folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.md") if path not in pages)


def _problem(path: Path, message: str) -> Problem:
    return Problem(codes.PAGE_STALE, message, Origin(str(path)), "run supportable packs docs", "author")
