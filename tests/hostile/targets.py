"""What is fuzzed: for each door by which other people's text comes in, one attempt with a random source of its own.

An attempt returns the codes that it was answered with, none if all went well. Anything but a SupportableError, and any
problem without a proper code, message and place, is a failure. Run `python -m tests.hostile.targets --help`.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import re
import resource
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from supportable.document import Plain, read_text
from supportable.errors import Problem, SupportableError
from supportable.intake import load_design
from supportable.language import compile_condition, compile_expression, compile_template
from supportable.packs import PackSet, load_packs
from supportable.plan import plan
from supportable.readings import READINGS
from tests.hostile.mutations import mutated
from tests.language.example import HERE, SCOPE
from tests.peak import peak_kilobytes

ROOT = Path(__file__).parents[2]
SHELF = ROOT / "policies" / "supportable_policies"
EXAMPLES = ROOT / "examples"
MEGABYTES = 1024
"""The address space of a process that fuzzes."""
SECONDS = 60
"""The longest that one attempt may take: generous, as machines are slow and shared; `slowest` says what it was."""

_CODE = re.compile("SUP[0-9]{3}")
_FRAGMENTS = (
    *("m", "c", "n", "os", "nodes", "cores", "memory", "kind", "site", "tags", "host", "m.os", "c.nodes", "x.", "n."),
    *("1", "0", "1.5", "-1", "'x'", '"virtual"', '"Windows Server 2008"', 'date("2009-05-26")', "never", "none"),
    *(
        "true",
        "false",
        "as_of",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        ":",
        "?",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "&&",
        "||",
    ),
    *("!", "+", "-", "*", "div", "in", "size(", "lookup(", "listed(", "satisfies(", "all(", "exists(", "where("),
    *(
        "count(",
        "sum(",
        "min(",
        "max(",
        "smallest(",
        "largest(",
        "same(",
        "allChoices(",
        "contains(",
        "startsWith(",
        "{{",
        "}}",
    ),
    *("\\", "\0", "é", "c.nodes.all(n,", "c.nodes.where(x,", "))"),
)


def document(rng: Random) -> set[str]:
    """Bytes for the reader: a real file with bytes changed, or YAML put together from its marks."""
    if rng.random() < 0.7:
        data = bytearray(rng.choice(_files()))
        start = rng.randrange(len(data))
        data = data[start : start + rng.choice((40, 400, 4000))]
        for _ in range(rng.randint(1, 12)):
            place = rng.randrange(len(data)) if data else 0
            data[place : place + rng.choice((0, 1, 1, 4))] = rng.choice(_MARKS)
    else:
        data = bytearray(b"".join(rng.choice(_MARKS) for _ in range(rng.randint(1, 300))))
    return _answer(lambda: read_text(bytes(data), rng.choice(("a.yaml", "a.json"))))


_MARKS = (
    *(
        b"\n",
        b"\n  ",
        b"\n    ",
        b"\n- ",
        b": ",
        b":",
        b"- ",
        b"? ",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"&a",
        b"*a",
        b"!!str ",
        b"!t ",
    ),
    *(b"'", b'"', b"#", b"\\", b"|", b">\n", b"%YAML 1.1\n", b"---\n", b"...\n", b"\t", b"\x00", b"\xff"),
    *(
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"<<: ",
        b"null",
        b"~",
        b"true",
        b"1",
        b"0x1f",
    ),
    *(b"1e999", b"\r\n", b"a", b"key", b"=", b'"\\u0000"', b'"\\ud800"', b"`", b"@"),
    *(b"[" * 80, b"{a: " * 80, b"x" * 3000),
)


@functools.cache
def _files() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in [*sorted(EXAMPLES.glob("*.yaml")), *sorted(SHELF.rglob("*.yaml"))[::4]])


def expression(rng: Random) -> set[str]:
    """Tokens in any order, or a real condition with a piece changed."""
    if rng.random() < 0.5:
        length = rng.randint(1, rng.choice((6, 30, 900)))
        text = rng.choice(("", " ")).join(rng.choice(_FRAGMENTS) for _ in range(length))
    else:
        text = mutated([rng.choice(_conditions())], rng, [[*_FRAGMENTS]], times=4)
        text = text[0] if isinstance(text, list) and text and isinstance(text[0], str) else "x"
    compiling = rng.choice((compile_expression, compile_condition, compile_template))
    return _answer(lambda: compiling(text, HERE, SCOPE), "4")


@functools.cache
def _conditions() -> tuple[str, ...]:
    found = []
    for path in sorted(SHELF.glob("*/*/rules/*.yaml")):
        found += re.findall(r"(?:when|require|value|if): (.+)", path.read_text())
    return tuple(found)


@functools.cache
def _shelf() -> dict[str, Any]:
    """The parsed documents of a part of the shipped shelf that stands alone: small, so that loading it is quick."""
    kept = (
        "vocabulary/",
        "references/",
        "catalogues/",
        "microsoft/sql-server",
        "microsoft/failover",
        "microsoft/hyper-v",
    )
    return {
        name: read_text(path.read_bytes(), name).root
        for path in sorted(SHELF.rglob("*.yaml"))
        if (name := str(path.relative_to(SHELF))).startswith(kept) and "/cases/" not in name and "/designs/" not in name
    }


def packs(rng: Random) -> set[str]:
    """A shelf like the shipped one with some nodes of one or two files changed, loaded and, where it loads, planned."""
    shelf = _shelf()
    changed = {}
    for name in rng.sample(sorted(shelf), rng.randint(1, 2)):
        donors = [value for other, value in shelf.items() if other.split("/")[0] == name.split("/")[0]]
        changed[name] = mutated(shelf[name], rng, donors)
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        for name in shelf:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name in changed:
                path.write_bytes(written(changed[name]))
            else:
                path.symlink_to(SHELF / name)
        return _answer(lambda: _judged(load_packs([folder], discover=False), rng))
    finally:
        shutil.rmtree(folder)


def _judged(loaded: PackSet, rng: Random) -> tuple[Problem, ...]:
    """What is wrong with a set of packs that loaded; the examples are judged by the others, which must not fail."""
    planned = plan(loaded, rng.choice((700000, 733589, 737000)))
    try:
        facts = load_design(rng.choice(sorted(EXAMPLES.glob("*.yaml"))), loaded.vocabulary)
    except SupportableError:
        return ()
    READINGS["compiled"](planned, facts)
    return tuple(problem for broken in loaded.broken for problem in broken.problems)


def design(rng: Random) -> set[str]:
    """An example with some nodes changed, loaded from text and, where it fits, judged."""
    donors = _designs()
    value = mutated(rng.choice(donors), rng, donors, times=5)
    installed = _installed()

    def attempt() -> None:
        # In memory a design is a map: a text or a list of them would name files.
        in_memory = isinstance(value, dict) and rng.random() < 0.3
        facts = load_design(value if in_memory else read_text(written(value), "d.yaml"), installed.vocabulary)
        findings = READINGS["compiled"](_plan(rng.choice((700000, 733589, 737000))), facts)
        assert len(facts.digest) == 64
        assert findings.not_applicable >= 0

    return _answer(attempt)


@functools.cache
def _designs() -> list[Any]:
    return [read_text(path.read_bytes(), path.name).root for path in sorted(EXAMPLES.glob("*.yaml"))]


@functools.cache
def _installed() -> PackSet:
    return load_packs([SHELF], discover=False)


@functools.cache
def _plan(day: int) -> Any:
    return plan(_installed(), day)


def written(value: Any) -> bytes:
    """The value as YAML in flow style, however deep, and with whatever characters."""
    return _flow(value).encode("utf-8", "surrogatepass")


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None:
        return "null"
    return str(value) if isinstance(value, Plain) else json.dumps(value, ensure_ascii=False)


def _answer(attempt: Callable[[], Any], hundred: str = "") -> set[str]:
    try:
        found = attempt()
        problems = found if isinstance(found, tuple) and found and isinstance(found[0], Problem) else ()
    except SupportableError as error:
        problems = error.problems
        assert problems, "an error without problems"
    for problem in problems:
        assert _CODE.fullmatch(problem.code), problem
        assert problem.code.startswith(f"SUP{hundred}"), problem
        assert problem.message, problem
        assert problem.move != "us", problem
        assert len(problem.message) < 2000, problem
        assert problem.origin.file, problem
    return {problem.code for problem in problems}


TARGETS: dict[str, Callable[[Random], set[str]]] = {
    "document": document, "expression": expression, "packs": packs, "design": design,
}  # fmt: skip


class TooSlow(BaseException):
    """An attempt took longer than SECONDS. No Exception, so that nothing on the way takes it for its own."""


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"longer than {SECONDS} seconds")


def main() -> None:
    """Attempt after attempt, until the time is up; one line of JSON says how it went. Exits 1 on the first failure."""
    parser = argparse.ArgumentParser(description="Fuzz one door.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--attempts", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    told = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    os.environ["SUPPORTABLE_NO_CACHE"] = "1"
    signal.signal(signal.SIGALRM, _too_slow)
    attempt, codes = TARGETS[told.target], Counter[str]()
    began, slowest, done, seed = time.monotonic(), 0.0, 0, told.seed
    while done < told.attempts and time.monotonic() - began < told.seconds:
        seed = told.seed + done
        signal.alarm(SECONDS)
        since = time.monotonic()
        try:
            codes.update(attempt(Random(seed)) or {"fine"})
        except (Exception, TooSlow) as error:
            print(json.dumps({"target": told.target, "failed": seed, "error": repr(error)[:500]}), flush=True)
            raise
        slowest = max(slowest, time.monotonic() - since)
        done += 1
    signal.alarm(0)
    peak = peak_kilobytes() >> 10
    print(
        json.dumps(
            {"target": told.target, "seed": told.seed, "attempts": done, "seconds": round(time.monotonic() - began),
             "slowest": round(slowest, 2), "megabytes": peak, "codes": len(codes), "fine": codes["fine"]}
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
