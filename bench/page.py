"""How quick the page feels: from the last keystroke to the new verdict, and from the address to the first answer.

    python bench/page.py [--rounds 30] [--save NAME]

The server is a process of its own on loopback, with SQLite; Chromium runs without windows on the same machine. *Update*
is from the last input event, which comes after a rest, to the first frame after the verdict of that text was put into
the page; *the service* is the part of it in which the request was under way. Every round types another
character, so that nothing is answered from a cache. *First* is from the start of the navigation to the editor being
there, and to the first verdict being there, for somebody who never came before. *Scripts* is every script of the page,
compressed.
`--save NAME` keeps every single time in bench/results/NAME.json, and how busy the machine was.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from serving import free_port, process, serve

from supportable_api.page_files import page_files

# The visitor is that of the tests, which stand beside this folder.
sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.page.chromium import browsing
from tests.page.visit import Visit, visiting, visitor

HERE = Path(__file__).parent
AS_OF = "2010-03-01"

WATCH = """
window.typed = 0;
window.shown = [];
addEventListener("input", () => { window.typed = performance.now(); }, true);
window.first = {};
// The next frame has been drawn when a message that was sent while it was made ready arrives.
const drawn = (then) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => then(performance.now());
  port2.postMessage(null);
});
new MutationObserver(() => {
  const panel = document.querySelector(".verdict-panel");
  if (!panel) return;
  if (!window.first.verdict && panel.querySelector(".headline")) {
    drawn((at) => { window.first.verdict ??= at; });
  }
  if (!window.first.editor && document.querySelector(".editor")?.shadowRoot?.querySelector(".cm-content")) {
    window.first.editor = performance.now();
  }
  const busy = panel.getAttribute("aria-busy");
  if (window.was === "true" && busy === "false" && window.typed) {
    const typed = window.typed;
    drawn((at) => window.shown.push(at - typed));
  }
  window.was = busy;
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
"""

LAST_REQUEST = """
performance.getEntriesByType("resource").filter((each) => each.name.includes("/v1/evaluations")).at(-1).duration
"""


def main() -> None:
    """Print medians, 95th percentiles and worst times, and the size of the scripts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--save", default="")
    given = options.parse_args()
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with process(serve(port, f"sqlite:///{folder}/ledger.db"), port), browsing() as browser:
            for entities in (10, 50, 200):
                updated, served = updates(browser, address, design(entities), given.rounds)
                times[f"update, {entities} entities"] = updated
                times[f"  the service, {entities}"] = served
            times["first editor"], times["first verdict"] = firsts(browser, address, max(5, given.rounds // 3))
    for name, each in times.items():
        ordered = sorted(each)
        late = ordered[int(0.95 * (len(ordered) - 1))]
        print(f"{name:24} p50 {statistics.median(each):7.1f} ms   p95 {late:7.1f} ms   worst {ordered[-1]:7.1f} ms")
    sizes = {name: len(gzip.compress(file.content, 9)) for name, file in page_files().items() if name.endswith(".js")}
    print(f"scripts {sum(sizes.values()):,} bytes compressed, in {len(sizes)} files")
    if given.save:
        saved = {"machine": machine(), "unit": "ms", "times": rounded(times), "scripts": sizes}
        (HERE / "results" / f"{given.save}.json").write_text(json.dumps(saved) + "\n")


def design(entities: int) -> str:
    """So many entities: a fifth hosts, two fifths guests, a fifth components, a tenth each clusters and workloads."""
    tenth = entities // 10
    lines = ["design: many", "machines:"]
    for n in range(2 * tenth):
        lines += [
            f"  - id: host{n}",
            "    kind: physical",
            "    os: Windows Server 2008 R2 Enterprise",
            "    hypervisor: Hyper-V 2008 R2",
            f"    components: [part{n}]",
        ]
    lines += [
        f"  - {{id: vm{n}, kind: virtual, host: host{n % (2 * tenth)}, os: Windows Server 2008 Enterprise}}"
        for n in range(4 * tenth)
    ]
    lines += ["components:"]
    lines += [f"  - {{id: part{n}, kind: server, logos: [Windows Server 2008 R2]}}" for n in range(2 * tenth)]
    lines += ["clusters:"]
    for n in range(tenth):
        lines += [
            f"  - id: clu{n}",
            "    kind: failover",
            f"    nodes: [vm{4 * n}, vm{4 * n + 1}]",
            "    validation: {outcome: passed, date: 2010-01-20}",
        ]
    lines += ["workloads:"]
    lines += [f"  - {{id: sql{n}, product: SQL Server 2008, cluster: clu{n}}}" for n in range(tenth)]
    return "\n".join(lines) + "\n"


def updates(browser: Browser, address: str, text: str, rounds: int) -> tuple[list[float], list[float]]:
    """How long each of so many edits took to be answered on the screen, and how long of that the service took."""
    with visitor(browser, address) as somebody:
        somebody.add_init_script(WATCH)
        with visiting(somebody, address) as visit:
            page = visit.open(f"#/workbench?example=sql-guest-cluster&as_of={AS_OF}")
            visit.settled()
            visit.type(text)
            page.wait_for_timeout(500)
            page.keyboard.press("Control+End")
            page.keyboard.type("# ")
            page.wait_for_timeout(500)
            served: list[float] = []
            for _ in range(rounds):
                page.evaluate("performance.clearResourceTimings()")
                once(visit)
                served.append(page.evaluate(LAST_REQUEST))
            shown: list[float] = page.evaluate("window.shown")
            return shown[-rounds:], served


def once(visit: Visit) -> None:
    """One character, and its verdict."""
    before = visit.page.evaluate("window.shown.length")
    visit.page.keyboard.type("x")
    for _ in range(200):
        visit.page.wait_for_timeout(25)
        if visit.page.evaluate("window.shown.length") > before:
            return
    raise TimeoutError("no verdict within five seconds")


def firsts(browser: Browser, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """When the editor and when the verdict were there, for visitors who never came before."""
    editors: list[float] = []
    verdicts: list[float] = []
    for _ in range(rounds):
        with visitor(browser, address) as somebody:
            somebody.add_init_script(WATCH)
            with visiting(somebody, address) as visit:
                page = visit.open()
                page.locator(".headline").wait_for()
                page.wait_for_timeout(300)
                first: dict[str, float] = page.evaluate("window.first")
                editors.append(first["editor"])
                verdicts.append(first["verdict"])
    return editors, verdicts


def rounded(times: dict[str, list[float]]) -> dict[str, list[float]]:
    """To tenths of a millisecond, which is what a browser's clock tells."""
    return {name: [round(each, 1) for each in listed] for name, listed in times.items()}


def machine() -> dict[str, Any]:
    """What it ran on, and how busy that was."""
    return {"python": platform.python_version(), "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}


if __name__ == "__main__":
    main()
