"""How statuses and kinds of findings look: always a sign and a word, so that colour is never the only signal."""

from __future__ import annotations

from typing import Final

SIGNS: Final = {
    "unsupported": "✗",
    "limited": "△",
    "undetermined": "?",
    "conditional": "!",
    "not_covered": "○",
    "supported": "✓",
}

STYLES: Final = {
    "unsupported": "bold red",
    "limited": "bold yellow",
    "undetermined": "bold magenta",
    "conditional": "bold cyan",
    "not_covered": "bold blue",
    "supported": "bold green",
}

WORDS: Final = {
    "unsupported": "unsupported",
    "limited": "limited",
    "undetermined": "undetermined",
    "conditional": "conditional",
    "not_covered": "not covered",
    "supported": "supported",
    "advisory": "advisory",
}

TRUTH_STYLES: Final = {"true": "green", "false": "red", "unknown": "magenta"}

CONFIDENCES: Final = {
    "full": "read in full",
    "opening": "only its opening was read",
    "secondary": "known at second hand",
}


def marked(status: str) -> tuple[str, str]:
    """The status as sign and word, with its style."""
    return f"{SIGNS.get(status, '·')} {WORDS.get(status, status)}", STYLES.get(status, "")


def worded(status: str) -> str:
    """The status in words."""
    return WORDS.get(status, status)
