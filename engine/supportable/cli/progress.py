"""A progress bar for long runs: on stderr, where somebody looks at it and it disturbs no report."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Final

PATIENCE: Final = 0.7
"""Seconds before a bar is worth showing."""


def steps(names: Sequence[str], *, shown: bool) -> Iterator[str]:
    """The names one by one. The bar appears when it takes long, stderr is a terminal and stdout is none, or what is
    written goes elsewhere (`shown`)."""
    wanted = len(names) > 1 and sys.stderr.isatty() and (shown or not sys.stdout.isatty())
    if not wanted:
        yield from names
        return
    started = time.monotonic()
    for place, name in enumerate(names):
        yield name
        if time.monotonic() - started > PATIENCE:
            yield from _with_bar(names, place + 1)
            return


def _with_bar(names: Sequence[str], start: int) -> Iterator[str]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("judging"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("judging", total=len(names), completed=start)
        for name in names[start:]:
            yield name
            progress.advance(task)
