"""What is missing, asked for one by one: an answer fills the design, and the bounds close."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.page.visit import Visit


def test_the_most_decisive_question_comes_first_with_its_answers(visit: Visit) -> None:
    page = visit.open()
    visit.type(
        "design: d\nmachines:\n  - {id: m, kind: physical}\nclusters:\n  - {id: c, kind: failover, nodes: [m]}\n"
    )
    expect(page.locator(".question .asked")).not_to_be_empty()
    asked = page.locator(".question").get_attribute("data-fact")
    page.get_by_role("button", name="I do not know yet: ask the next").click()
    assert page.locator(".question").get_attribute("data-fact") != asked


def test_answers_fill_the_design_until_the_bounds_close(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    question = page.locator(".question")
    expect(question.locator(".asked")).to_have_text("How did the last run of the cluster validation wizard go?")
    question.get_by_label("Outcome").select_option("passed")
    question.get_by_label("Tests left out").select_option("false")
    question.get_by_role("button", name="Answer", exact=True).click()
    expect(question).not_to_have_attribute("data-fact", "cluster/clu.validation")
    visit.settled()
    assert "validation: {outcome: passed, unselected: false}" in visit.text()
    for _ in range(8):
        fact = question.get_attribute("data-fact") or ""
        if fact.endswith(".logos"):
            question.locator("input[type=text]").fill("Windows Server 2008 R2")
            question.locator("input[type=text]").blur()
            question.get_by_role("button", name="Answer", exact=True).click()
        elif fact == "machine/node2.components":
            question.get_by_role("button", name="That is all of them").click()
        else:
            question.locator(".answers button").first.click()
        visit.page.wait_for_timeout(200)
        visit.settled()
        if question.count() == 0:
            break
    assert visit.status() == "supported"
    expect(page.locator(".moved")).to_contain_text("The bounds were")
    expect(page.locator(".moved")).to_contain_text("now ✓supported")
    text = visit.text()
    assert "components: [server2, nic2, array]" in text
    assert "# What is known after the first call with the customer" in text
    assert "# no word about its logos" in text


def test_an_answer_is_taken_back(visit: Visit) -> None:
    page = visit.example("half-known-cluster", "2010-03-01")
    before = visit.text()
    page.locator(".question").get_by_role("button", name="There is none").click()
    expect(page.locator(".moved")).to_contain_text("You said none")
    visit.settled()
    assert "validation: none" in visit.text()
    page.get_by_role("button", name="Undo the last answer").click()
    expect(page.locator(".question .asked")).to_have_text("How did the last run of the cluster validation wizard go?")
    assert visit.text() == before


def test_an_answer_tells_beforehand_what_it_leads_to(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-07-01")
    visit.type(visit.text().replace("      outcome: passed\n", ""))
    expect(page.locator(".question .asked")).to_contain_text("validation")
    answer = page.locator(".answers button", has_text="failed").first
    expect(answer.locator(".status .word")).to_have_text("unsupported")
