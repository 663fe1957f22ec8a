"""Pictures of the page's views, as the real server gives them: at a desk and on a phone, light and dark.

python -m tests.page.screenshots FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from supportable_api import Settings, create_app
from tests.api.running import running
from tests.page import other_views
from tests.page.chromium import browsing
from tests.page.visit import PHONE, Visit, visiting, visitor

FRAME = (1280, 800)


def workbench(visit: Visit) -> None:
    """A supported design that is not any more: what is wrong, where, and why."""
    visit.example("sql-guest-cluster", "2009-05-01").locator(".finding.tone-unsupported summary").first.click()


def interview(visit: Visit) -> None:
    """Half a design as a form, and what to find out."""
    visit.example("half-known-cluster", "2010-03-01").get_by_role("tab", name="Form").click()


def completion(visit: Visit) -> None:
    """A word half written, and what may be written there."""
    page = visit.example("two-node-cluster-2022", "2025-06-01")
    page.locator(".cm-content").click()
    page.locator(".cm-line", has_text="- id: node1").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("me", delay=40)
    page.locator(".cm-tooltip-autocomplete").wait_for()
    page.wait_for_timeout(400)


def examples(visit: Visit) -> None:
    """The shipped examples with their days."""
    visit.example("vmm-2008-on-a-cluster", "2009-07-01").get_by_role("button", name="Examples").click()


def verdict(visit: Visit) -> None:
    """The verdict on a phone."""
    visit.example("half-known-cluster", "2010-03-01").get_by_role("tab", name="Verdict").click()


VIEWS: dict[str, tuple[Callable[[Visit], None], tuple[int, int], tuple[Literal["light", "dark"], ...]]] = {
    "workbench": (workbench, FRAME, ("light", "dark")),
    "interview": (interview, FRAME, ("light", "dark")),
    "completion": (completion, FRAME, ("light",)),
    "examples": (examples, FRAME, ("dark",)),
    "phone": (verdict, PHONE, ("light", "dark")),
    "picture": (other_views.picture, FRAME, ("light", "dark")),
    "time": (other_views.time, FRAME, ("light",)),
    "time-phone": (other_views.time, PHONE, ("dark",)),
    "bom": (other_views.bill, FRAME, ("light",)),
    "bom-phone": (other_views.bill, PHONE, ("dark",)),
    "policies": (other_views.rule, FRAME, ("light", "dark")),
    "ledger": (other_views.ledger, FRAME, ("light",)),
    "ledger-phone": (other_views.ledger, PHONE, ("dark",)),
}


def main(folder: Path) -> None:
    """Every view in each of its colours, as FOLDER/VIEW-COLOURS.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as held:
        settings = Settings(database=f"sqlite:///{held}/ledger.db")
        with running(create_app(settings)) as address, browsing() as browser:
            for name, (shows, size, schemes) in VIEWS.items():
                with visitor(browser, address, scale=2 if size == PHONE else 1) as somebody:
                    for scheme in schemes:
                        with visiting(somebody, address, size=size, scheme=scheme) as visit:
                            shows(visit)
                            visit.page.wait_for_timeout(500)
                            visit.page.screenshot(path=folder / f"{name}-{scheme}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
