"""Packs in one form."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import DocumentError
from supportable.packs.fmt import RULE_ORDER, NotFormatted, format_text

SHELF = Path(__file__).parents[2] / "policies" / "supportable_policies"
OURS = sorted([*SHELF.glob("*/*/pack.yaml"), *SHELF.glob("*/*/rules/*.yaml")])

MESSY = """\
# About this file\r
\r
rules:

  # the first
  - subject: array
    # what it is called
    title: One   
    id: one   # its name
    message: >-
      folded
        text   

      to the end


    when: |
      a  
       && b

  - title: Two
    id: two
  - {title: Three, id: three}


# the end
"""  # noqa: W291  the stray space is the point
TIDY = """\
# About this file

rules:
  # the first
  - id: one   # its name
    # what it is called
    title: One
    subject: array
    when: |
      a  
       && b
    message: >-
      folded
        text   

      to the end

  - id: two
    title: Two

  - {title: Three, id: three}

# the end
"""  # noqa: W291  a text of several lines is left alone


def comments(text: str) -> list[str]:
    return sorted(line[line.index("#") :].strip() for line in text.splitlines() if "#" in line)


def test_keys_blank_lines_and_stray_space_are_put_right() -> None:
    assert format_text(MESSY) == TIDY


def test_what_is_in_form_stays_as_it_is() -> None:
    assert format_text(TIDY) == TIDY


def test_keys_of_a_pack_are_put_in_order_and_what_stands_first_in_the_file_stays_there() -> None:
    assert format_text("# the file\ntitle: T\n# the version\nversion: 1.0.0\n# the name\npack: a.b\n") == (
        "# the file\n# the name\npack: a.b\n# the version\nversion: 1.0.0\ntitle: T\n"
    )


KEYS = st.permutations(["id", "title", "subject", "when", "require", "message", "cite", "notes", "unknown"])
VALUE = st.sampled_from(
    [
        "x",
        '"y: z"',
        "[a, b]",
        ">-\n      one\n\n      two",
        "|\n      # no comment\n      two",
        "{a: 1}",
        "\n      - k: 1\n        j: 2",
    ]
)
BLANK = st.sampled_from(["", "\n", "\n\n", "    # said {0}\n", "\n    # said {0}\n"])


@st.composite
def rule_files(draw: st.DrawFn) -> str:
    text = "# top\nrules:\n"
    for number in range(draw(st.integers(1, 3))):
        for place, key in enumerate(draw(KEYS)):
            if place:
                text += draw(BLANK).format(f"{number} {key}")
            text += f"{'    ' if place else '  - '}{key}: {draw(VALUE)}{draw(st.sampled_from(['', '  ']))}\n"
    return text


@settings(max_examples=300, deadline=None)
@given(text=rule_files())
def test_the_form_keeps_meaning_and_comments_and_is_final(text: str) -> None:
    made = format_text(text)
    assert yaml.safe_load(made) == yaml.safe_load(text)
    assert comments(made) == comments(text)
    assert format_text(made) == made
    for rule in yaml.safe_load(made)["rules"]:
        known = [key for key in rule if key in RULE_ORDER]
        assert known == sorted(known, key=RULE_ORDER.index)


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_our_packs_keep_their_meaning_and_comments(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = format_text(text)
    assert yaml.load(made, yaml.BaseLoader) == yaml.load(text, yaml.BaseLoader)
    assert comments(made) == comments(text)
    assert format_text(made) == made


def test_a_text_that_keeps_its_blank_lines_is_left_alone() -> None:
    with pytest.raises(NotFormatted):
        format_text("rules: []\nx: |+\n  kept\n\n\n")


def test_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(DocumentError):
        format_text("rules: [")
