"""Who runs a command, as what it changes is put down to."""

from __future__ import annotations

import getpass


def user() -> str:
    """The user that the operating system knows, as `user:name`; `user:unknown` where it knows none."""
    try:
        return f"user:{getpass.getuser()}"
    except (OSError, KeyError, ImportError):
        # A process whose user has no name.
        return "user:unknown"
