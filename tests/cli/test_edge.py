"""The edge of the process: what is ours is told from what is not."""

from __future__ import annotations

import pytest

from supportable.cli import edge
from supportable.errors import Problem, UsageError
from supportable.verdict.model import UncitedVerdict


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(edge, "app", fail)
    return edge.run(["check"])


def test_a_crash_says_that_it_is_our_defect_and_how_to_report_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, ZeroDivisionError("oops")) == 70
    told = capsys.readouterr().err
    assert "SUP999 this is a defect of supportable, not of your input: ZeroDivisionError: oops" in told
    assert "Please report it" in told
    assert "Traceback" not in told


def test_the_traceback_is_shown_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPPORTABLE_TRACEBACK", "1")
    ending(monkeypatch, ZeroDivisionError("oops"))
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (RecursionError(), 70),
        (UsageError([Problem("SUP701", "no")]), 3),
        (UsageError([Problem("SUP701", "no", move="us")]), 70),
        (UncitedVerdict(()), 70),
    ],
)
def test_each_ending_has_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    assert ending(monkeypatch, error) == code
    assert "Traceback" not in capsys.readouterr().err
