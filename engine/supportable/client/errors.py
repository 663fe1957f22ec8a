"""What can go wrong with a call.

The tree, beside that of `supportable.errors`::

    SupportableError
    ├── ApiError        the service answered, and refused: `status`, `title`, and every problem it found
    └── NoAnswerError   no answer came, or none that can be read: nothing is known of what was done
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Final

import httpx

from supportable.errors import Problem, SupportableError
from supportable.origin import NOWHERE, Origin

NO_ANSWER: Final = "SUP785"
NOT_FROM_THE_SERVICE: Final = "SUP786"


class ApiError(SupportableError):
    """A refusal. `problems` holds everything that was found to be wrong, with places in the document that was sent.

    `retry_after` is how many seconds the service asked to wait, None where it did not; `request_id` is what its log
    knows the request by, "" where it did not say.
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        *,
        status: int,
        title: str,
        retry_after: float | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(problems)
        self.status = status
        self.title = title
        self.retry_after = retry_after
        self.request_id = request_id

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all problems, in order."""
        return tuple(problem.code for problem in self.problems)

    def __str__(self) -> str:
        return f"{self.status} {self.title}\n" + "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_revived, (self.problems, self.status, self.title, self.retry_after, self.request_id))


def _revived(
    problems: tuple[Problem, ...], status: int, title: str, retry_after: float | None, request_id: str
) -> ApiError:
    return ApiError(problems, status=status, title=title, retry_after=retry_after, request_id=request_id)


class NoAnswerError(SupportableError):
    """No answer came in time, the connection failed, or what came is not an answer of this service."""


def no_answer(error: Exception, address: str) -> NoAnswerError:
    """What to raise where the connection failed or the time was up."""
    what = str(error) or type(error).__name__
    hint = "is it running, and is that its address?"
    return NoAnswerError([Problem(NO_ANSWER, f"{address} does not answer: {what}", hint=hint)])


def unreadable(answer: httpx.Response) -> NoAnswerError:
    """What to raise for an answer that should be JSON and is not."""
    kind = answer.headers.get("content-type", "no type")
    message = f"{answer.url} answered {answer.status_code} with {kind}, which is no answer of this service"
    return NoAnswerError([Problem(NOT_FROM_THE_SERVICE, message, hint="is that its address?")])


def refusal(answer: httpx.Response) -> ApiError:
    """The refusal that an answer of 400 and above is; a proxy's page too, as far as it can be understood."""
    document = _document(answer)
    title = document.get("title")
    listed = document.get("problems")
    problems = [problem_of(each) for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if not problems:
        detail = document.get("detail")
        message = detail if isinstance(detail, str) and detail else f"answered {answer.status_code}"
        problems = [Problem(NOT_FROM_THE_SERVICE, message, hint="this did not come from the service itself")]
    return ApiError(
        problems,
        status=answer.status_code,
        title=title if isinstance(title, str) else answer.reason_phrase,
        retry_after=retry_after(answer),
        request_id=answer.headers.get("x-request-id", ""),
    )


def problem_of(told: dict[str, Any]) -> Problem:
    """One problem of a problem document."""
    file = told.get("file")
    place = Origin(file, _number(told, "line"), _number(told, "column")) if isinstance(file, str) else NOWHERE
    move = told.get("move")
    return Problem(
        code=str(told.get("code") or NOT_FROM_THE_SERVICE),
        message=str(told.get("message") or ""),
        origin=place,
        hint=str(told.get("hint") or ""),
        move=move if move in ("author", "us") else "caller",
        pointer=str(told.get("pointer") or ""),
    )


def retry_after(answer: httpx.Response) -> float | None:
    """The seconds that Retry-After asks for, whether it says so or names a moment; None where it cannot be read."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    except (TypeError, ValueError, OverflowError):
        return None


def _document(answer: httpx.Response) -> dict[str, Any]:
    try:
        held = json.loads(answer.content)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _number(told: dict[str, Any], key: str) -> int:
    value = told.get(key)
    return value if isinstance(value, int) else 0
