"""The verdict beside the design: a glance, then reasons down to facts and articles, then what can be taken away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
from playwright.sync_api import FilePayload, expect

from tests.page.visit import Visit


def saved(visit: Visit, name: str) -> tuple[str, str]:
    """The name and text of what a menu entry downloads."""
    visit.page.get_by_role("button", name="Download").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("menuitem", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_text("utf-8")


def recorded(visit: Visit) -> set[str]:
    """The ids of the newest evaluations in the ledger."""
    items = httpx.get(f"{visit.address}/v1/evaluations?limit=500").json()["items"]
    return {each["id"] for each in items}


def test_a_status_is_told_by_sign_and_word_not_by_colour_alone(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    for status in page.locator(".status").all():
        assert re.fullmatch(r"[✓!△✗?○·]\s*[a-z ]+", status.inner_text().strip())


def test_an_undetermined_verdict_shows_its_bounds(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    expect(page.locator(".bounds")).to_contain_text("It may yet turn out anything from unsupported to supported.")
    expect(page.locator(".bounds li.possible")).to_have_count(5)


def test_subjects_stand_worst_first(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    statuses = page.locator(".subject .whose > .status .word").all_inner_texts()
    assert statuses == ["unsupported", "not covered", "not covered", "not covered", "not covered", "supported"]


def test_a_finding_opens_into_its_proof_its_rule_and_its_articles(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    finding = page.locator(".finding.tone-unsupported").first
    finding.locator("summary").click()
    why = finding.locator(".why")
    expect(why.locator(".citation .ref").first).to_have_text("KB956893")
    expect(why.locator(".citation q").first).to_have_text("Guest failover clustering")
    expect(why.locator(".confidence").first).to_have_text(re.compile("known at second hand"))
    expect(why).to_contain_text("microsoft.sql-server-virtualization/guest-clustering-stated")
    expect(why.locator(".proof .truth.true").first).to_be_visible()
    fact = why.locator(".proof .step", has_text="workload/sql.product")
    expect(fact.first).to_contain_text("sql-server 2008 enterprise")
    fact.first.get_by_role("button", name="line 46").click()
    expect(page.locator(".cm-sought")).to_contain_text("product: SQL Server 2008 Enterprise")


def test_what_to_do_is_said_first(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    expect(page.locator(".actions li").first).to_have_text("Cluster SQL Server on physical machines")


def test_the_completeness_ledger_adds_up(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    heading = page.locator("#completeness-title").inner_text()
    counts = [int(each.replace(",", "")) for each in page.locator(".legend strong").all_inner_texts()]
    assert len(counts) == 6
    assert sum(counts) == int(re.sub(r"\D", "", heading))


def test_what_was_assumed_is_told_with_how_to_say_otherwise(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.locator("summary", has_text="Assumed").click()
    row = page.locator("tr", has_text="cluster/sqlclu.domain_mode")
    expect(row).to_contain_text("domain_mode:")


def test_what_is_not_recognised_is_told_with_names_that_are(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: d\nmachines:\n  - {id: m, kind: physical, os: Windows Servr 2008}\n")
    note = page.locator(".note-card.warn")
    expect(note).to_contain_text("Windows Servr 2008")
    note.locator("button.small").first.click()
    expect(note).to_have_count(0)
    assert "Windows Servr" not in visit.text()


def test_it_is_copied_as_markdown(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.locator(".take-away [role=status]")).to_have_text("Copied as Markdown.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("#")
    assert "KB956893" in copied


def test_it_is_downloaded_in_every_form(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-05-01")
    name, page = saved(visit, "HTML report")
    assert name == "sql-guest-cluster-2009-05-01.html"
    assert page.lower().startswith("<!doctype html>")
    _, sarif = saved(visit, "SARIF, for code scanning")
    assert json.loads(sarif)["version"] == "2.1.0"
    _, verdict = saved(visit, "JSON, the whole verdict")
    assert json.loads(verdict)["status"] == "unsupported"


def test_it_is_recorded_under_a_link_that_lasts(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    before = recorded(visit)
    page.get_by_role("button", name="Record in ledger").click()
    link = page.locator(".take-away a.button")
    found = re.fullmatch(r"#/ledger/(.+)", link.get_attribute("href") or "")
    assert found is not None
    kept = httpx.get(f"{visit.address}/v1/evaluations/{found[1]}").json()
    assert kept["verdict"]["status"] == "unsupported"
    assert kept["as_of"] == "2009-05-01"
    assert recorded(visit) - before == {found[1]}


def test_what_is_judged_while_somebody_types_is_kept_nowhere(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-05-01")
    before = recorded(visit)
    visit.type(visit.text() + "# more\n")
    saved(visit, "Markdown")
    assert recorded(visit) == before


SAID = """() => {
  const editor = document.querySelector(".editor").shadowRoot;
  const signs = [...editor.querySelectorAll(".cm-signs .sign")].map((each) => `${each.className} ${each.title}`);
  const marked = [...editor.querySelectorAll(".cm-lintRange")].map((each) => each.textContent);
  return [document.querySelector(".verdict-body").textContent, signs, marked];
}"""


def test_after_every_edit_the_page_says_what_it_says_of_that_text_when_opened(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    lines = visit.text().splitlines(keepends=True)
    cluster = next(number for number, line in enumerate(lines) if line.startswith("clusters:"))
    edits = [
        "".join([*lines, "# nothing new\n"]),
        "".join(["\n", *lines]),
        "".join([*lines[: cluster + 3], "\n", "# below its name\n", *lines[cluster + 3 :]]),
        "".join([*lines[: cluster + 1], "  - {id: other, kind: failover}\n", *lines[cluster + 1 :]]),
    ]
    for text in edits:
        edited: FilePayload = {"name": "a.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
        with page.expect_response("**/v1/evaluations*"):
            page.locator("input[type=file]").set_input_files(edited)
        visit.settled()
        page.wait_for_timeout(300)
        followed = page.evaluate(SAID)
        page.goto(f"{visit.address}/?{len(text)}{text.index('clusters')}#/workbench")
        page.locator(".headline").wait_for()
        visit.settled()
        page.wait_for_timeout(300)
        assert page.evaluate(SAID) == followed


def test_what_an_edit_does_not_change_is_not_drawn_again(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    page.evaluate(
        """() => {
          window.drawn = 0;
          const watch = new MutationObserver((found) => { window.drawn += found.length; });
          watch.observe(document.querySelector(".subjects"), { subtree: true, childList: true, characterData: true });
        }"""
    )
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    for letter in "# new":
        with page.expect_response("**/v1/evaluations*"):
            page.keyboard.type(letter)
        visit.settled()
    assert page.evaluate("window.drawn") == 0
    page.keyboard.press("Control+Home")
    with page.expect_response("**/v1/evaluations*"):
        page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.evaluate("window.drawn") > 0
