"""The picture of the design: everything in its place, what is to blame flagged, by pointer and by keyboard."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.page.designs import ALIKE, data_centre
from tests.page.test_access import serious
from tests.page.visit import PHONE, Visit, visiting

CAUSE = "named as the cause"


@dataclass(frozen=True)
class Drawn:
    """A box as it stands on the page, in units of the picture."""

    key: str
    level: int
    left: float
    top: float
    right: float
    bottom: float
    within: str

    def holds(self, other: Drawn) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right + 0.01
            and other.bottom <= self.bottom + 0.01
        )

    def overlaps(self, other: Drawn) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.01 and down > 0.01


_BOXES = """
() => [...document.querySelectorAll(".canvas [data-key]")].map((box) => {
  const at = box.transform.baseVal.consolidate().matrix;
  const frame = box.querySelector(".frame");
  return [box.dataset.key, Number(box.getAttribute("aria-level")), at.e, at.f,
          frame.width.baseVal.value, frame.height.baseVal.value];
})
"""


def boxes(page: Page) -> dict[str, Drawn]:
    """All boxes by key; each is within the last one before it that stands a level higher."""
    found: dict[str, Drawn] = {}
    above: list[str] = []
    for key, level, left, top, width, height in page.evaluate(_BOXES):
        above = [*above[: level - 1], key]
        found[key] = Drawn(key, level, left, top, left + width, top + height, above[-2] if level > 1 else "")
    return found


def picture(visit: Visit, design: str = "") -> Page:
    if design:
        visit.open()
        visit.settled()
        visit.type(design)
    page = visit.page
    page.get_by_role("tab", name="Picture").click()
    page.locator(".canvas [data-key]").first.wait_for()
    stands_still(page)
    return page


def stands_still(page: Page) -> None:
    """Wait until the picture is as it was a moment ago: it is fitted anew when its room or the verdict has changed."""
    before: object = None
    for _ in range(50):
        now = boxes(page), scale(page)
        if now == before:
            return
        before = now
        page.wait_for_timeout(100)
    raise AssertionError("the picture does not come to rest")


def box(page: Page, key: str) -> Locator:
    return page.locator(f".canvas [data-key={json.dumps(key)}]")


_SCALE = "Number(/scale\\(([^)]+)\\)/.exec(document.querySelector('.canvas > g').getAttribute('transform'))[1])"


def scale(page: Page) -> float:
    found: float = page.evaluate(_SCALE)
    return found


def test_everything_is_drawn_once_within_what_it_belongs_to(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-07-01")
    drawn = boxes(picture(visit))
    assert {key: one.within for key, one in drawn.items()} == {
        "cluster/sqlclu": "",
        "workload/sql": "cluster/sqlclu",
        "cluster/sqlclu > machine/sqlvm1": "cluster/sqlclu",
        "cluster/sqlclu > machine/sqlvm2": "cluster/sqlclu",
        "machine/host1": "",
        "machine/sqlvm1": "machine/host1",
        "component/server1": "machine/host1",
        "component/nic1": "machine/host1",
        "machine/host2": "",
        "machine/sqlvm2": "machine/host2",
        "component/server2": "machine/host2",
        "component/nic2": "machine/host2",
        "tray component": "",
        "component/array": "tray component",
    }


def test_two_hundred_machines_stand_in_order_are_seen_at_once_and_can_be_read_by_zooming_in(visit: Visit) -> None:
    page = picture(visit, data_centre())
    drawn = boxes(page)
    assert len([key for key in drawn if key.startswith("machine/")]) == 200
    for one in drawn.values():
        assert not one.within or drawn[one.within].holds(one), one
    siblings: dict[str, list[Drawn]] = {}
    for one in drawn.values():
        siblings.setdefault(one.within, []).append(one)
    assert [pair for held in siblings.values() for pair in combinations(held, 2) if pair[0].overlaps(pair[1])] == []
    room = page.locator(".canvas").bounding_box()
    assert room is not None
    assert max(one.right for one in drawn.values()) * scale(page) <= room["width"]
    assert max(one.bottom for one in drawn.values()) * scale(page) <= room["height"]
    expect(page.locator(".causes")).to_contain_text("causes")
    assert {key for key in drawn if CAUSE in (box(page, key).get_attribute("aria-label") or "")} >= {
        "machine/host23",
        "machine/vm112",
    }
    expect(box(page, "machine/vm112").locator("text.id")).to_have_count(0)
    page.get_by_label("Find in the picture").fill("vm112")
    page.get_by_label("Find in the picture").press("Enter")
    for _ in range(4):
        page.keyboard.press("+")
    expect(box(page, "machine/vm112").locator("text.id")).to_have_text("vm112")


def test_what_is_to_blame_is_flagged_and_says_why(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-05-01")
    page = picture(visit)
    expect(page.locator(".canvas .flag")).to_have_count(1)
    blamed = box(page, "workload/sql")
    expect(blamed.locator(".flag")).to_be_visible()
    assert (blamed.get_attribute("aria-label") or "").startswith(
        "workload sql; SQL Server 2008 Enterprise; unsupported; named as the cause: sql is a failover cluster"
    )
    assert CAUSE not in (box(page, "machine/host1").get_attribute("aria-label") or "")


def test_a_click_leads_to_the_line_and_to_the_finding(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-05-01")
    page = picture(visit)
    box(page, "workload/sql").click()
    card = page.get_by_role("region", name="What was chosen")
    expect(card).to_contain_text("did not support before May 2009")
    card.get_by_role("button", name="why").click()
    expect(page.locator(".findings details[open] .why").first).to_be_visible()
    card.get_by_role("button", name="Show its line").click()
    expect(page.get_by_role("tab", name="Text")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".cm-content")).to_contain_text("id: sql")


def test_the_picture_follows_the_design_and_the_day(visit: Visit) -> None:
    page = visit.example("sql-guest-cluster", "2009-05-01")
    picture(visit)
    page.get_by_label("as of", exact=True).fill("2009-07-01")
    expect(page.locator(".canvas .flag")).to_have_count(0)


def test_the_keyboard_goes_through_the_picture(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-05-01")
    page = picture(visit)
    at = page.locator(".canvas [data-key]:focus")
    box(page, "cluster/sqlclu").focus()
    page.keyboard.press("ArrowRight")
    expect(at).to_have_attribute("data-key", "workload/sql")
    page.keyboard.press("ArrowLeft")
    expect(at).to_have_attribute("data-key", "cluster/sqlclu")
    page.keyboard.press("End")
    expect(at).to_have_attribute("data-key", "component/array")
    page.keyboard.press("n")
    expect(at).to_have_attribute("data-key", "workload/sql")
    expect(page.get_by_role("region", name="What was chosen")).to_contain_text("sql")
    before = scale(page)
    page.keyboard.press("+")
    assert scale(page) > before
    page.keyboard.press("0")
    assert scale(page) <= before


def test_the_wheel_zooms_for_whoever_has_gone_into_the_picture(visit: Visit) -> None:
    visit.example("sql-guest-cluster", "2009-07-01")
    page = picture(visit)
    before = scale(page)
    box(page, "machine/sqlvm1").hover()
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(50)
    assert scale(page) == before
    box(page, "machine/sqlvm1").click()
    page.mouse.wheel(0, -200)
    page.wait_for_function(f"before => {_SCALE} > before", arg=before)


def test_alike_machines_lie_in_one_stack_until_it_is_opened(visit: Visit) -> None:
    page = picture(visit, ALIKE)
    stack = page.locator(".canvas .stack")
    expect(stack).to_have_count(1)
    assert (stack.get_attribute("aria-label") or "").startswith("8 alike: vm1 and others")
    stack.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".canvas .guest")).to_have_count(8)


def test_names_that_mean_harm_are_only_drawn(visit: Visit) -> None:
    name = "<script>document.title='taken'</script>"
    machines = [{"id": name, "kind": "physical", "os": "x" * 10_000}, {"id": "a\u202eb", "kind": "physical"}]
    page = picture(visit, json.dumps({"design": "d", "machines": machines}, ensure_ascii=False))
    expect(box(page, f"machine/{name}").locator("text.id")).to_contain_text("<script>")
    assert page.title() == "Workbench · Supportable"
    assert page.locator(".canvas script").count() == 0
    assert max(len(text) for text in page.locator(".canvas text").all_text_contents()) < 70


def test_the_picture_is_for_everyone_at_a_desk_and_on_a_phone(somebody: BrowserContext, address: str) -> None:
    with visiting(somebody, address, size=PHONE) as visit:
        visit.example("vmm-2008-on-a-cluster", "2009-07-01")
        page = picture(visit)
        box(page, "workload/vmm-clustered").click()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        page.emulate_media(color_scheme="dark")
        assert serious(page) == []
