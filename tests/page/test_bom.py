"""A bill of materials on the page: in as a file or a paste, out as lines with verdicts and as a workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import BrowserContext, FilePayload, Page, Route, expect

from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit, visiting

BILLS = Path(__file__).parents[2] / "examples/boms"


def csv(name: str, *rows: str, header: str = "Qty,Part number,Description") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join([header, *rows]).encode()}


def judged(visit: Visit, bill: FilePayload | Path | None = None) -> Page:
    """The view with that bill judged, the one that the page offers if there is none."""
    page = visit.open("#/bom")
    if bill is None:
        page.get_by_role("button", name="Try an example").click()
    else:
        page.locator("input[type=file]").set_input_files(bill)
    page.locator(".bill-line").first.wait_for(timeout=30_000)
    return page


def descriptions(page: Page) -> list[str]:
    return page.locator(".bill-line .c3").all_inner_texts()


def test_what_nobody_recognised_comes_first_then_the_worst(visit: Visit) -> None:
    page = judged(visit, BILLS / "hp-quote.xlsx")
    statuses = page.locator(".bill-line .c4").all_inner_texts()
    found = [each.split("\n")[-1] for each in statuses]
    assert found[:7] == ["unrecognised"] * 7
    assert found[7:] == sorted(found[7:], key=["unsupported", "undetermined", "not covered", "supported"].index)
    page.get_by_label("as in the file").check()
    assert page.locator(".bill-line .c0").all_inner_texts() == sorted(
        page.locator(".bill-line .c0").all_inner_texts(), key=int
    )


def test_a_line_opens_into_its_reasons_and_articles(visit: Visit) -> None:
    page = judged(visit, BILLS / "hp-quote.xlsx")
    page.locator(".bill-line", has_text="MS WIN SVR 2008 R2").first.click()
    detail = page.locator(".lines .detail")
    expect(detail).to_contain_text("is out of support (last day: 2020-01-14)")
    expect(detail.get_by_role("link", name="lifecycle-ms")).to_have_attribute("href", "#/policies/article/lifecycle-ms")
    whole = page.get_by_role("region", name="What the bill allows as a whole")
    expect(whole).to_contain_text("Nodes of a failover cluster: Windows Server 2008 R2 Enterprise")
    expect(whole).to_contain_text("7 unrecognised lines")


def test_saying_what_a_part_is_judges_the_bill_anew(visit: Visit) -> None:
    page = judged(visit)
    page.locator(".bill-line", has_text="FAB-0815").click()
    form = page.get_by_role("form", name="What line 8 is")
    form.get_by_label("It is").select_option("server")
    form.get_by_label("Vendor").fill("Fabrikam")
    form.get_by_label("Model").fill("BladeForge 7")
    form.get_by_role("button", name="Say so").click()
    line = page.locator(".bill-line", has_text="FAB-0815")
    expect(line).to_contain_text("Fabrikam BladeForge 7")
    expect(line).not_to_contain_text("unrecognised")
    # The keyboard goes on to what is left.
    expect(page.locator(".bill-line:focus")).to_contain_text("Three years of support")
    page.locator(".bill-line:focus").press("Enter")
    page.get_by_role("form", name="What line 9 is").get_by_role("button", name="Nothing that a rule asks about").click()
    expect(page.get_by_role("button", name="unrecognised")).to_have_count(0)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Keep it as a profile").click()
    assert "BladeForge 7" in kept.value.path().read_text("utf-8")
    page.get_by_role("button", name="take it back").first.click()
    expect(page.locator(".bill-line", has_text="FAB-0815")).to_contain_text("unrecognised")


def test_a_name_that_nobody_knows_is_refused_with_the_nearest(visit: Visit) -> None:
    page = judged(visit)
    page.locator(".bill-line", has_text="FAB-0815").click()
    form = page.get_by_role("form", name="What line 8 is")
    form.get_by_label("Name", exact=True).fill("Windwos Server 2008 R2")
    form.get_by_role("button", name="Say so").click()
    expect(page.get_by_role("alert")).to_contain_text("“Windwos Server 2008 R2” is nothing that is known")
    expect(page.get_by_role("alert")).to_contain_text("Windows Server 2008 R2")


def test_the_bill_goes_out_as_a_workbook_and_as_a_design(visit: Visit) -> None:
    page = judged(visit)
    with page.expect_download() as workbook:
        page.get_by_role("button", name="Download annotated").click()
    assert workbook.value.suggested_filename == "pasted-judged.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook.value.path().read_bytes())) as held:
        texts = held.read("xl/sharedStrings.xml").decode()
    assert "unrecognised" in texts
    assert "Fabrikam BladeForge 7 compute module" in texts
    page.get_by_role("button", name="Take the design to the workbench").click()
    expect(page.locator(".headline h2")).to_have_text("pasted")
    assert "os: Windows Server 2008 R2 Enterprise" in visit.text()


def test_thousands_of_lines_are_no_more_on_the_page_than_thirty(visit: Visit) -> None:
    page = judged(visit, csv("large.csv", *(f"1,AJ763A-{row},Thing {row}" for row in range(3000))))
    expect(page.get_by_role("treegrid")).to_have_attribute("aria-rowcount", "3001")
    assert page.locator(".bill-line").count() < 60
    page.locator(".bill-line").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".bill-line:focus")).to_contain_text("Thing 2999")
    assert page.locator(".bill-line").count() < 60
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".lines .detail")).to_contain_text("Thing 2998")
    page.get_by_label("Find lines").fill("thing 1234")
    expect(page.get_by_role("treegrid")).to_have_attribute("aria-rowcount", "2")


def test_a_table_is_pasted_and_its_columns_are_named_where_nobody_can_tell(visit: Visit) -> None:
    page = visit.open("#/bom")
    page.get_by_role("button", name="Paste a table").click()
    page.get_by_label("A table from a spreadsheet").fill("2;HP ProLiant DL380 G6\n1;HP 82E HBA\n")
    page.get_by_role("button", name="Judge it").click()
    alert = page.get_by_role("alert")
    alert.get_by_label("Quantity").fill("#1")
    alert.get_by_label("Description").fill("#2")
    alert.get_by_role("button", name="Judge it").click()
    expect(page.locator(".bill-line", has_text="DL380 G6")).to_contain_text("HP ProLiant DL380 G6")


def test_cells_that_mean_harm_are_only_shown(visit: Visit) -> None:
    script = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
    page = judged(visit, csv("<b>.csv", f'1,"{script}","{script}"', "1,a\u202eb," + "x" * 10_000))
    expect(page.locator(".bill-line").first).to_contain_text("<script>")
    page.locator(".bill-line").nth(1).click()
    expect(page.locator(".lines .detail")).to_contain_text("all 10,000 characters")
    assert page.title() == "BOM · Supportable"
    assert page.locator("main img, main b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440


def test_what_is_no_bill_is_refused_in_words(visit: Visit) -> None:
    page = visit.open("#/bom")
    page.locator("input[type=file]").set_input_files(
        {"name": "quote.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 ..."}
    )
    expect(page.get_by_role("alert")).to_contain_text("this is a PDF")


def test_a_bill_is_for_everyone_at_a_desk_and_on_a_phone(somebody: BrowserContext, address: str) -> None:
    with visiting(somebody, address) as visit:
        page = judged(visit)
        page.locator(".bill-line").first.click()
        assert serious(page) == []
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []
    with visiting(somebody, address, size=PHONE) as visit:
        page = judged(visit)
        page.locator(".bill-line").first.click()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_bill_of_another_day_says_so_until_it_is_judged_by_that_day(visit: Visit) -> None:
    page = judged(visit)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/v1/boms?**", hold)
    older = page.locator(".bill-head .previous")
    expect(older).to_have_count(0)
    day = page.get_by_label("As of", exact=True)
    today = day.input_value()
    day.fill("2012-05-01")
    expect(older).to_have_text("before the last change")
    # Back to the day that it was judged by: nothing is awaited any more.
    day.fill(today)
    expect(older).to_have_count(0)
    expect(page.locator("h2 ~ [role=status]")).to_contain_text("lines judged")
