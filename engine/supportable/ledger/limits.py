"""What texts the ledger takes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from supportable.errors import Problem, UsageError, did_you_mean
from supportable.ledger import codes

MOST_OF_A_NAME: Final = 200
"""Characters of a tenant or of a design's name, inclusive. Both stand in one index, whose rows are bounded."""

MOST_OF_A_TEXT: Final = 500
"""Characters of any other text, inclusive."""


def check_name(what: str, text: str, *, may_be_empty: bool = False) -> None:
    """Raises UsageError for a tenant or a design's name that cannot be kept."""
    check_text(what, text, may_be_empty=may_be_empty, most=MOST_OF_A_NAME)


def check_text(what: str, text: str, *, may_be_empty: bool = False, most: int = MOST_OF_A_TEXT) -> None:
    """Raises UsageError for a text that no database could keep, or nobody could read."""
    if not text and not may_be_empty:
        reason = "is empty"
    elif len(text) > most:
        reason = f"has {len(text):,} characters; at most {most}"
    elif any(character < " " or "\ud800" <= character <= "\udfff" or character == "\x7f" for character in text):
        reason = "has characters that are no text"
    else:
        return
    raise UsageError([Problem(codes.BAD_RECORD, f"the {what} to be recorded {reason}")])


def check_media_type(media_type: str, known: Collection[str]) -> None:
    """Raises UsageError for a media type that is not among the known ones."""
    if media_type not in known:
        message = f"“{media_type[:80]}” is no media type of a design"
        raise UsageError([Problem(codes.BAD_RECORD, message, hint=did_you_mean(media_type, known))])
