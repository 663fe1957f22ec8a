"""Files dropped on the workbench: designs are opened, several as one; a spreadsheet is a bill; the rest is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import JSHandle, expect

from tests.page.test_access import serious
from tests.page.visit import Visit

BILLS = Path(__file__).parents[2] / "examples/boms"

_CARRIED = """(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (each) => each.charCodeAt(0))], name));
  }
  return carried;
}"""


def carried(visit: Visit, files: Mapping[str, bytes]) -> JSHandle:
    """Files as they are dragged over a page, by name."""
    listed = [[name, base64.b64encode(content).decode()] for name, content in files.items()]
    return visit.page.evaluate_handle(_CARRIED, listed)


def drop(visit: Visit, files: Mapping[str, bytes], where: str = ".verdict-pane") -> None:
    held = carried(visit, files)
    for each in ("dragenter", "dragover", "drop"):
        visit.page.locator(where).dispatch_event(each, {"dataTransfer": held})


OPENED: list[tuple[str, bytes, str]] = [
    ("a.yaml", b"design: one # with care\n", "design: one # with care"),
    ("a.json", b'{"design": "two"}', '{"design": "two"}'),
    ("a.toml", b'design = "three" # not\n[[machines]]\nid = "a"\n', "  - id: a"),
    ("wide.yaml", "design: four\n".encode("utf-16"), "design: four"),
    ("marked.yaml", b"\xef\xbb\xbfdesign: five\n", "design: five"),
]


def test_a_design_dropped_anywhere_is_opened(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    for (name, content, line), title in zip(OPENED, ("one", "two", "three", "four", "five"), strict=True):
        drop(visit, {name: content}, where=".cm-content")
        expect(page.locator(".headline h2")).to_have_text(title)
        assert line in visit.text().splitlines()
        expect(page.locator(".told")).to_contain_text(f"Opened “{name}”")


def test_days_in_toml_are_days_of_the_design(visit: Visit) -> None:
    visit.open()
    visit.settled()
    clusters = b'[[clusters]]\nid = "c"\nvalidation = { outcome = "passed", date = 2010-01-20 }\n'
    drop(visit, {"d.toml": b'design = "d"\n' + clusters})
    expect(visit.page.locator(".headline h2")).to_have_text("d")
    assert "      date: 2010-01-20\n" in visit.text()


def test_what_was_there_comes_back_with_undo(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: before\n")
    drop(visit, {"a.yaml": b"design: after\n"})
    expect(page.locator(".headline h2")).to_have_text("after")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".headline h2")).to_have_text("before")
    assert visit.text() == "design: before\n"


def test_several_files_are_one_design_with_their_comments(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    drop(
        visit,
        {
            "one.yaml": b"# Ours.\ndesign: parts\nmachines:\n  - id: a # the left\n    kind: physical\n  - ...\n",
            "two.toml": b'design = "parts"\n[[machines]]\nid = "b"\n',
            "three.yaml": b"# From the cellar.\nclusters:\n  - {id: clu, nodes: [a, b]}\n",
        },
    )
    expect(page.locator(".headline h2")).to_have_text("parts")
    assert visit.text() == (
        "# Ours.\n"
        "design: parts\n"
        "machines:\n"
        "  - id: a # the left\n"
        "    kind: physical\n"
        "  - id: b\n"
        "  - ...\n"
        "# From the cellar.\n"
        "clusters:\n"
        "  - {id: clu, nodes: [a, b]}\n"
    )
    expect(page.locator(".told")).to_contain_text("Opened 3 files as one design.")


def test_a_spreadsheet_is_judged_as_a_bill(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    drop(visit, {"quote.xlsx": (BILLS / "hp-quote.xlsx").read_bytes()})
    page.locator(".bill-line").first.wait_for(timeout=30_000)
    expect(page.locator(".bill h2")).to_have_text("quote.xlsx")
    assert "design: sql-guest-cluster" in visit.text()


REFUSED: list[tuple[dict[str, bytes], str]] = [
    ({"logo.png": b"\x89PNG\r\n\x1a\n\x00\x00"}, "“logo.png” is no text."),
    ({"nulls.yaml": b"design: a\x00b\n"}, "“nulls.yaml” is no text."),
    ({"huge.yaml": b"# a\n" * (1024 * 1024 + 1)}, "“huge.yaml” is too large for a design: 4 MB is the most."),
    ({"blank.yaml": b" \n"}, "“blank.yaml” is empty."),
    ({"bad.toml": b'design = "d"\nmachines = [\n'}, "“bad.toml” is no TOML (line "),
    ({"a.yaml": b"design: a\n", "b.yaml": b"design: b\n"}, "“b.yaml” says otherwise what “design” is"),
    ({"a.yaml": b"design: a\n", "b.yaml": b"machines: [\n"}, "“b.yaml” cannot be joined with the others"),
    ({"a.yaml": b"design: a\n", "b.csv": b"Qty\n1\n"}, "One bill of materials at a time"),
]


def test_what_cannot_be_opened_is_told_once_and_changes_nothing(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    before = visit.text()
    for files, words in REFUSED:
        drop(visit, files)
        expect(page.locator(".told.wrong")).to_contain_text(words)
        expect(page.locator(".told")).to_have_count(1)
        assert visit.text() == before
        page.get_by_role("button", name="Close").click()
        expect(page.locator(".told")).to_have_count(0)


def test_what_is_typed_while_a_file_is_read_stays(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: mine\n")
    page.evaluate(
        """() => {
          const read = File.prototype.arrayBuffer;
          const held = new Promise((resolve) => { window.letGo = resolve; });
          File.prototype.arrayBuffer = function () { return held.then(() => read.call(this)); };
        }"""
    )
    drop(visit, {"a.yaml": b"design: theirs\n"})
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# more")
    page.evaluate("window.letGo()")
    expect(page.locator(".told.wrong")).to_contain_text("What you wrote meanwhile stays")
    assert visit.text() == "design: mine\n# more"


def shown_while_dragging(visit: Visit) -> None:
    visit.page.locator(".tools").dispatch_event("dragenter", {"dataTransfer": carried(visit, {"a.yaml": b"x"})})


def shown_when_refused(visit: Visit) -> None:
    drop(visit, {"logo.png": b"\x00"})


@pytest.mark.parametrize("shows", [shown_while_dragging, shown_when_refused])
def test_axe_finds_nothing_serious_in_it(visit: Visit, shows: Callable[[Visit], None]) -> None:
    page = visit.open()
    visit.settled()
    shows(visit)
    page.locator(".drop-here, .told").first.wait_for()
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page) == []
