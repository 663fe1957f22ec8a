"""Pages about rules and sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supportable.errors import Problem
from supportable.packs import PackSet, load_packs
from supportable.testing import quality_codes as codes
from supportable.testing.fresh import differences, write_pages
from supportable.testing.markdown import code_block, inline_code, plain
from supportable.testing.rule_pages import rule_pages
from supportable.testing.source_page import read_sources, source_page
from tests.packs.acme import HEAD, SHARED, shelf

RULES = """\
rules:
  - id: r
    title: An array is *mirrored*
    tags: [A1]
    subject: array
    covers: true
    when: array.model == "A"
    require: array.mirrored
    unless:
      - {title: Spare, if: size(array.bays) == 0, cite: [{ref: ACME-200, section: Spares}]}
    otherwise:
      - {if: array.power.watts > 3, outcome: limited, message: "{{ array.id }} is hot", remedies: [Cool it]}
      - {outcome: unsupported}
    message: "the array {{ array.id }} is not mirrored"
    remedies: [Mirror it]
    revisions:
      - effective: {from: 2020-01-01, last_seen: 2020-06-01}
        require: "false"
        cite: [{ref: ACME-100, revision: first}]
      - effective: {from: 2022-06-01}
        cite: [{ref: ACME-100, revision: second}]
derive:
  - {fact: array.full, title: No bay is free, value: "array.bays.all(b, b.width > 0)"}
"""
CASE = """\
- case: it | is
  as_of: 2023-01-01
  design: {arrays: [{id: a, model: A, mirrored: true, bays: []}]}
  expect: {array/a: {status: supported, satisfied: [r], cites: [{ref: ACME-100, revision: second}]}}
"""
EXPECTED = """\
# An array is \\*mirrored\\*

*Generated from the packs by `supportable packs docs`; a test fails when it is stale.*

Rule `acme.arrays/r` of [Arrays](README.md), version 1.0.0. It judges each array.

Encodes A1.

## From 2020-01-01

This text was last seen on 2020-06-01. From then until 2022-06-01 nobody knows which of the two held, and a finding is decided only where both agree.

It applies when

```cel
array.model == "A"
```

Nothing satisfies it.

**Spare.** It is waived where

```cel
size(array.bays) == 0
```

- [ACME-200](https://support.acme.example/200), Firmware; section “Spares”; only its opening was read

Otherwise **limited** where

```cel
array.power.watts > 3
```

> `array.id` is hot

- Cool it

Otherwise **unsupported**.

> the array `array.id` is not mirrored

- Mirror it

Articles:

- [ACME-100](https://support.acme.example/100), Supported configurations; edition first; read in full

## From 2022-06-01

It applies when

```cel
array.model == "A"
```

It asks that

```cel
array.mirrored
```

Where it is satisfied, this states support.
"""  # noqa: E501  a page keeps its sentences on one line


def packs_at(folder: Path, cases: str = CASE) -> PackSet:
    files = {"acme/arrays/pack.yaml": HEAD, "acme/arrays/rules/r.yaml": RULES, "acme/arrays/cases/r.yaml": cases}
    packs = load_packs([shelf(folder, SHARED, files)], discover=False)
    assert packs.broken == ()
    return packs


def pages_of(packs: PackSet) -> dict[str, str]:
    problems: list[Problem] = []
    pages = rule_pages(packs, ["acme.arrays"], problems)
    assert problems == []
    return pages


def test_a_page_says_all_that_the_rule_says(tmp_path: Path) -> None:
    page = pages_of(packs_at(tmp_path))["acme.arrays/r.md"]
    assert page.startswith(EXPECTED)
    assert page.endswith("| it \\| is | 2023-01-01 | array/a | supported, satisfied: r, cites: ACME-100 second |\n")


def test_there_is_a_page_for_each_rule_each_pack_and_an_index(tmp_path: Path) -> None:
    pages = pages_of(packs_at(tmp_path))
    assert sorted(pages) == ["README.md", "acme.arrays/README.md", "acme.arrays/r.md"]
    links = {link for text in pages.values() for link in re.findall(r"\]\(([^):]+)\)", text)}
    assert links == {"acme.arrays/README.md", "README.md", "r.md"}


def test_pages_do_not_depend_on_where_packs_were_loaded_from(tmp_path: Path) -> None:
    assert pages_of(packs_at(tmp_path / "one")) == pages_of(packs_at(tmp_path / "other"))


def test_what_is_written_is_fresh_and_what_is_changed_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    pages = {folder / name: text for name, text in pages_of(packs_at(tmp_path / "shelf")).items()}
    assert {problem.message for problem in differences(pages, folder)} == {"the page is missing"}
    write_pages(pages, folder)
    assert differences(pages, folder) == []
    (folder / "README.md").write_text("# Other\n")
    (folder / "gone.md").write_text("# Gone\n")
    assert [(Path(each.origin.file).name, each.code) for each in differences(pages, folder)] == [
        ("README.md", codes.PAGE_STALE),
        ("gone.md", codes.PAGE_STALE),
    ]
    write_pages(pages, folder)
    assert differences(pages, folder) == []


SOURCES = """\
sources: acme
title: A source
article: ACME-100
statements:
  A1: {says: Mirrors are good.}
  A2: {says: Disks are round., because: It asks nothing of a design.}
"""


def test_each_statement_names_its_rules_or_why_there_is_none(tmp_path: Path) -> None:
    packs = packs_at(tmp_path)
    (tmp_path / "sources.yaml").write_text(SOURCES)
    problems: list[Problem] = []
    page = source_page(packs, read_sources(tmp_path / "sources.yaml", packs, problems))
    assert problems == []
    assert "| A1 | Mirrors are good. | [r](rules/acme.arrays/r.md) |\n" in page
    assert "| A2 | Disks are round. | No rule: It asks nothing of a design. |\n" in page
    assert "ACME-200](https://support.acme.example/200) Firmware | only its opening was read | [r](rules" in page


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("round., because: It asks nothing of a design.", "round.", "no rule has the tag A2"),
        ("Mirrors are good.", "Mirrors are good., terms: [acme.arrays/bay]", "there is no term “acme.arrays/bay”"),
        ("says: Mirrors", "syas: Mirrors", "A1 does not say what is stated"),
        ("article: ACME-100", "article: ACME-300", "there is no article “ACME-300”"),
        ("title:", "titel:", "unknown key “titel”"),
    ],
)  # fmt: skip
def test_a_statement_that_nothing_answers_for_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    packs = packs_at(tmp_path)
    (tmp_path / "sources.yaml").write_text(SOURCES.replace(old, new))
    problems: list[Problem] = []
    read_sources(tmp_path / "sources.yaml", packs, problems)
    assert [problem.message for problem in problems] == [told]


def test_no_text_is_taken_for_markup() -> None:
    assert plain("a *b* | [c]\n<d>") == "a \\*b\\* \\| \\[c\\] \\<d\\>"
    assert inline_code("a`b``c") == "```a`b``c```"
    assert list(code_block("a &&\n      b ||\n        c")) == ["```cel", "a &&", "  b ||", "    c", "```"]
