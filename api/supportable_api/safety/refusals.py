"""Bodies that are not taken."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from supportable.errors import Problem
from supportable_api import codes


class BodyRefused(HTTPException):
    """A body that is too large or too slow: FastAPI lets it pass wherever a body is read. The connection is closed, as
    there is more on it that nobody wants."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(status, problem.message, {"Connection": "close"})
        self.problem = problem


def too_large(most: int) -> BodyRefused:
    """413 for a body of more than `most` bytes."""
    message = f"the body is larger than {most:,} bytes"
    hint = "send designs one by one, or as a batch; or ask who runs this service for more"
    return BodyRefused(413, Problem(codes.BODY_TOO_LARGE, message, hint=hint))


def too_slow() -> BodyRefused:
    """408 for a body that did not come in time."""
    return BodyRefused(408, Problem(codes.BODY_TOO_SLOW, "the body did not arrive in time", hint="send it again"))
