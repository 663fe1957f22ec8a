"""The workbench: a design as text, and what is said of it as it is written."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.page.visit import Visit

EMPTY_CLUSTER = """design: mine

clusters:
  - id: clu
    kind: failover
"""


def options(visit: Visit) -> list[str]:
    visit.page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    # The editor takes no key for an answer in the first moment, so that nobody takes what they have not yet seen.
    visit.page.wait_for_timeout(150)
    labels = visit.page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    return [label.strip() for label in labels]


def test_the_first_visit_shows_a_verdict_of_an_example(visit: Visit) -> None:
    page = visit.open()
    expect(page.locator(".headline .status.huge")).to_be_visible()
    assert "design: sql-guest-cluster" in visit.text()
    expect(page.locator(".cm-content")).to_contain_text("sql-guest-cluster")


def test_the_verdict_follows_what_is_typed(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-07-01")
    assert visit.status() == "supported"
    visit.type(visit.text().replace("outcome: passed", "outcome: failed"))
    expect(visit.page.locator(".headline .huge .word")).to_have_text("unsupported")


def test_another_day_is_another_verdict(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.get_by_label("as of").fill("2009-05-01")
    expect(page.locator(".headline .huge .word")).to_have_text("unsupported")
    expect(page.locator(".headline")).to_contain_text("was supported")


def test_what_was_written_is_there_at_the_next_visit(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    visit.type("design: kept for later\n")
    page.goto(f"{visit.address}/?again#/workbench")
    expect(page.locator(".headline h2")).to_have_text("kept for later")


def test_keys_of_the_section_are_offered(visit: Visit) -> None:
    page = visit.open()
    visit.type(EMPTY_CLUSTER)
    page.keyboard.press("Control+End")
    page.keyboard.type("    no", delay=30)
    assert "nodes" in options(visit)
    assert "kind" not in options(visit)


def test_values_of_an_attribute_are_offered_and_taken_with_enter(visit: Visit) -> None:
    page = visit.open()
    visit.type(EMPTY_CLUSTER + "    witness: ")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Space")
    offered = options(visit)
    assert {"none", "unknown"} < set(offered)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert f"witness: {offered[0]}" in visit.text()


def test_names_of_machines_are_offered_where_nodes_are_listed(visit: Visit) -> None:
    page = visit.open()
    machines = "machines:\n  - {id: alpha}\n  - {id: beta}\nworkloads:\n  - {id: sql}\n"
    visit.type(machines + "clusters:\n  - id: clu\n    nodes: [alpha, ")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Space")
    offered = options(visit)
    assert "beta" in offered
    assert "alpha" not in offered
    assert "sql" not in offered


def test_products_are_offered_by_the_names_people_write(visit: Visit) -> None:
    page = visit.open()
    visit.type("machines:\n  - id: alpha\n    os: windows server 2008")
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+Space")
    assert "Windows Server 2008 R2" in options(visit)


def test_hovering_tells_what_an_attribute_means(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    page.locator(".cm-line", has_text="hardware_virtualization").first.hover(position={"x": 90, "y": 8})
    expect(page.locator(".cm-told")).to_contain_text("Do its processors have hardware-assisted virtualization")


def test_problems_are_told_all_at_once_with_their_lines_and_marked_there(visit: Visit) -> None:
    page = visit.open()
    visit.type("design: wrong\n\nmachines:\n  - id: a\n    knid: physical\n    host: nobody\n")
    problems = page.locator(".problems li")
    expect(problems).to_have_count(2)
    expect(problems.first).to_contain_text("knid")
    expect(page.locator(".cm-lintRange-error")).to_have_count(2)
    problems.nth(1).get_by_role("button", name="line 6").click()
    expect(page.locator(".cm-sought")).to_have_text(re.compile("host: nobody"))


def test_half_a_word_does_not_take_the_verdict_away(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    visit.page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("  - id", delay=20)
    expect(page.locator(".problems")).to_have_count(0)
    expect(page.locator(".problems")).to_have_count(1)
    expect(page.locator(".verdict-body.stale")).to_have_count(1)


def test_a_finding_leads_to_its_line_and_the_line_to_its_finding(visit: Visit) -> None:
    page = visit.example("file-cluster-failed-arbitration", "2009-07-01")
    row = page.locator(".finding.tone-unsupported").first
    row.locator("button.line").first.click()
    sought = page.locator(".cm-sought")
    expect(sought).to_have_count(1)
    said = row.locator(".said > .name").inner_text()
    page.evaluate("document.querySelectorAll('.finding details[open]').forEach((each) => { each.open = false; })")
    page.locator(".cm-signs .sign.tone-unsupported").first.click()
    expect(page.locator(".finding details[open]")).to_have_count(1)
    assert said


def test_undo_takes_back_what_was_typed(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    before = visit.text()
    page.locator(".cm-content").click()
    page.keyboard.insert_text("# note")
    page.wait_for_timeout(100)
    assert visit.text() != before
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_timeout(100)
    assert visit.text() == before


def test_a_file_of_ones_own_is_opened(visit: Visit) -> None:
    page = visit.open()
    visit.settled()
    page.locator("input[type=file]").set_input_files(
        {"name": "design.yaml", "mimeType": "application/yaml", "buffer": b"design: from a file\n"}
    )
    expect(page.locator(".headline h2")).to_have_text("from a file")


def test_the_status_is_announced(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    expect(page.locator("[role=status][aria-live=polite]").last).to_have_text(
        "sql-guest-cluster: supported as of 2009-07-01. 2 of 6 judged subjects covered."
    )
