"""The pytest plugin, run by pytest as somebody's own tests would be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def run(folder: Path, tests: str, *arguments: str, settings: str = "") -> tuple[dict[str, int], str]:
    """How many tests passed, failed and erred in a run of their own, and what it wrote."""
    (folder / "test_designs.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text(
        f"[pytest]\naddopts = --strict-markers --strict-config -W error\n{settings}\n", encoding="utf-8"
    )
    (folder / "sql.yaml").write_bytes((EXAMPLES / "sql-guest-cluster.yaml").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", "XDG_CACHE_HOME": str(folder / "cache")},
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    counts = {
        word.rstrip("s"): int(number)
        for number, word in zip(last.split(), last.replace(",", "").split()[1:], strict=False)
        if number.isdigit()
    }
    return {kind: counts.get(kind, 0) for kind in ("passed", "failed", "error")}, done.stdout + done.stderr


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], str]:
    """One run of many tests, as loading packs takes its time."""
    tests = """
import pytest

@pytest.mark.supportable(design="sql.yaml", as_of="2009-07-01")
def test_fine(): pass

@pytest.mark.supportable(design="sql.yaml", as_of="2009-05-01", status="unsupported")
def test_fine_before_the_policy_changed(): pass

@pytest.mark.supportable(design="sql.yaml", as_of="2009-05-01", status=("limited", "unsupported"))
def test_either_will_do(): pass

@pytest.mark.supportable(design="sql.yaml", as_of="2009-05-01")
def test_wrong(): raise AssertionError("the body must not run")

@pytest.mark.supportable(design="sql.yaml", as_of="2009-05-01", status="suported")
def test_misspelt(): pass

@pytest.mark.supportable("sql.yaml")
def test_not_by_keyword(): pass

@pytest.mark.supportable(design="none.yaml", as_of="2009-05-01")
def test_no_such_file(): pass

@pytest.mark.supportable(design={"design": "d", "machines": [{"id": "m", "oss": "x"}]})
def test_a_mapping_that_is_no_design(): pass

@pytest.mark.supportable(design="sql.yaml", as_of="2009-07-01")
@pytest.mark.supportable(design="sql.yaml", as_of="2009-05-01", status="unsupported")
def test_both(): pass

class TestFixture:
    seen = []

    def test_judge(self, supportable):
        verdict = supportable.judge("sql.yaml", as_of="2009-07-01")
        assert verdict.status == "supported"
        assert verdict.coverage.judged == 6
        self.seen.append(supportable.packs)

    def test_the_packs_are_the_same(self, supportable):
        assert self.seen == [supportable.packs]
        assert self.seen[0] is supportable.packs

    def test_check(self, supportable):
        with pytest.raises(pytest.fail.Exception, match="expected conditional or not covered, but sql-guest-cluster"):
            supportable.check("sql.yaml", as_of="2009-07-01", status=["conditional", "not_covered"])
"""
    return run(tmp_path_factory.mktemp("project"), tests)


def test_marked_designs_pass_and_fail_as_they_should(outcome: tuple[dict[str, int], str]) -> None:
    counts, output = outcome
    assert counts == {"passed": 7, "failed": 5, "error": 0}, output
    assert "the body must not run" not in output


def test_a_failure_says_why_by_which_article_and_what_to_do(outcome: tuple[dict[str, int], str]) -> None:
    _, output = outcome
    for part in (
        "expected supported, but sql-guest-cluster is unsupported as of 2009-05-01",
        "2 of 6 judged subjects covered; not covered: machine/host1",
        "workload/sql (",
        "sql.yaml:45:5): sql is a failover cluster made of virtual machines",
        "article: KB956893, Guest failover clustering",
        "rule: microsoft.sql-server-virtualization/guest-clustering-stated",
    ):
        assert part in output


def test_mistakes_in_a_marker_are_told(outcome: tuple[dict[str, int], str]) -> None:
    _, output = outcome
    assert "suported is no status; there are unsupported, limited, undetermined" in output
    assert "the marker reads supportable(design, status='supported', as_of=None, only=None), all by keyword" in output
    assert "none.yaml" in output
    assert "“oss”" in output


def test_the_day_and_more_shelves_come_from_the_configuration(tmp_path: Path) -> None:
    tests = """
def test_day(supportable):
    assert supportable.judge("sql.yaml").as_of == "2009-05-01"
"""
    counts, output = run(tmp_path, tests, settings="supportable_as_of = 2009-05-01")
    assert counts == {"passed": 1, "failed": 0, "error": 0}, output


def test_a_broken_pack_fails_the_test_and_not_the_session(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf" / "acme" / "broken"
    shelf.mkdir(parents=True)
    (shelf / "pack.yaml").write_text("pack: acme.broken\nversion: x\n", encoding="utf-8")
    tests = """
def test_other(): pass
def test_judge(supportable):
    supportable.judge("sql.yaml")
"""
    counts, output = run(tmp_path, tests, settings="supportable_shelves = shelf")
    assert counts == {"passed": 1, "failed": 1, "error": 0}, output
    assert "PackError" in output


def test_the_plugin_costs_other_projects_next_to_nothing() -> None:
    """It is loaded wherever the package is installed, so it loads nothing of the engine until a test asks."""
    program = (
        "import sys, supportable.pytest; print(*[name for name in sys.modules if name.startswith('supportable.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert set(done.stdout.split()) == {"supportable.pytest", "supportable.version"}


def test_importing_the_library_does_not_import_pytest() -> None:
    program = "import sys, supportable; supportable.load_packs; print('pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
