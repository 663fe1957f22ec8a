"""Coverage-guided fuzzing with atheris, by hand: `python tests/hostile/fuzz_atheris.py document -max_total_time=300`.

atheris is no dependency of the project: install it where this is run (`pip install atheris`). What is found goes into
`test_fuzzed.py` or the tests of the part that fell over, as a case of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

atheris = import_module("atheris")

with atheris.instrument_imports(include=["supportable"]):
    from supportable.document import read_text
    from supportable.errors import SupportableError
    from supportable.language.compile import compile_expression, compile_template
    from tests.language.example import HERE, SCOPE


def document(data: bytes) -> None:
    """YAML, or JSON where the first byte is odd."""
    _coded(lambda: read_text(data[1:], "a.json" if data[:1] and data[0] % 2 else "a.yaml"))


def expression(data: bytes) -> None:
    """An expression and a template."""
    text = (
        data.decode("utf-8", "surrogatepass" if len(data) % 2 else "replace")
        if _decodes(data)
        else data.decode("latin-1")
    )
    _coded(lambda: compile_expression(text, HERE, SCOPE))
    _coded(lambda: compile_template(text, HERE, SCOPE))


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _coded(attempt: Callable[[], object]) -> None:
    problems = None
    try:
        attempt()
    except SupportableError as error:
        problems = error.problems
    assert problems != ()
    assert all(one.code.startswith("SUP") and one.message for one in problems or ())


if __name__ == "__main__":
    door = {"document": document, "expression": expression}[sys.argv.pop(1)]
    atheris.Setup(sys.argv, door)
    atheris.Fuzz()
