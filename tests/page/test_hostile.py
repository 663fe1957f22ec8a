"""Names that mean harm are shown as what they are, and do nothing."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.page.visit import Visit

SCRIPT = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
TURNED = "evil\u202egnp.exe"
LONG = "x" * 10_000
LONGEST_NAME = "x" * 200
"""The longest that the service takes for a name; other texts may be longer."""


def design(name: str, *, text: str = "") -> str:
    """A design with the name wherever a name may stand, as JSON, which is YAML too."""
    return json.dumps(
        {
            "design": name,
            "machines": [{"id": name, "kind": "physical", "os": text or name, "model": text or name}],
            "clusters": [{"id": "c", "kind": "failover", "nodes": [name, "..."]}],
        },
        indent=1,
        ensure_ascii=False,
    )


@pytest.mark.parametrize(("name", "text"), [(SCRIPT, SCRIPT), (LONGEST_NAME, LONG)], ids=["markup", "long"])
def test_a_hostile_name_is_text_wherever_it_is_shown(visit: Visit, name: str, text: str) -> None:
    page = visit.open()
    visit.settled()
    visit.type(design(name, text=text))
    expect(page.locator(".headline h2")).to_contain_text(name[:60])
    for tab in ("Form", "Picture", "Text"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(150)
    for summary in page.locator(".finding summary").all()[:4]:
        summary.click()
    assert page.title() == "Workbench · Supportable"
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_a_long_name_is_clipped_with_all_of_it_on_demand(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    visit.type(design("d", text=LONG))
    note = page.locator(".note-card.warn li")
    expect(note.locator("bdi")).to_have_text(LONG[:120] + "…")
    note.get_by_role("button", name="all 10,000 characters").click()
    expect(note.locator("bdi")).to_have_text(LONG)


def test_marks_of_direction_turn_nothing_around_them(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    visit.type(design(TURNED))
    if page.locator(".problems").count() == 0:
        expect(page.locator(".headline h2 bdi")).to_have_text(TURNED)
        assert page.locator(".headline h2 bdi").evaluate("(each) => getComputedStyle(each).unicodeBidi") == "isolate"
    expect(page.locator(".cm-specialChar").first).to_be_visible()


def test_a_problem_quotes_hostile_text_as_text(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    visit.type(json.dumps({"design": "d", SCRIPT: 1}))
    expect(page.locator(".problems")).to_contain_text("<script>")
    assert page.title() == "Workbench · Supportable"


def test_a_design_that_expands_without_end_is_refused_here_too(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{'abcdefghij'[n]}: &{'abcdefghij'[n]} [{','.join(['*' + 'abcdefghij'[n - 1]] * 9)}]\n" for n in range(1, 10)
    )
    visit.type(bomb)
    expect(page.locator(".problems")).to_be_visible()
