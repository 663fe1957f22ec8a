"""Errors as answers: problem+json (RFC 9457), and the one table from the engine's errors to statuses.

An answer holds every problem that was found, each with its code and its place. `type` and `detail` are those of the
first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match

from supportable.document import canonical_json
from supportable.errors import (
    DesignError,
    DocumentError,
    EvaluationError,
    LedgerError,
    PackError,
    Problem,
    SupportableError,
    UsageError,
    VocabularyError,
)
from supportable.ledger.errors import DesignChanged, LedgerUnavailable, LedgerUncertain
from supportable_api import codes
from supportable_api.auth import Refused
from supportable_api.safety.refusals import BodyRefused

LOG = logging.getLogger("supportable_api")
MEDIA_TYPE: Final = "application/problem+json"
DEFECT: Final = "SUP999"
GONE_AWAY: Final = 499
"""What the log and the metrics say where a client went away over its own request; nobody is there to be told."""

STATUS_OF: Final[dict[type[SupportableError], int]] = {
    DocumentError: 400,
    VocabularyError: 422,
    PackError: 422,
    DesignError: 422,
    EvaluationError: 503,
    UsageError: 400,
    LedgerError: 500,
    LedgerUnavailable: 503,
    DesignChanged: 412,
}
"""The status of each kind of error; a kind that is not named here has that of the nearest above it."""

TITLES: Final[dict[type[SupportableError], str]] = {
    DocumentError: "The document cannot be read",
    VocabularyError: "The vocabulary is not in order",
    PackError: "The pack is not in order",
    DesignError: "The design does not fit the vocabulary",
    EvaluationError: "The evaluation was stopped",
    UsageError: "The request asks for what there is not",
    LedgerError: "The ledger is not in order",
    LedgerUnavailable: "The ledger cannot do it now",
    DesignChanged: "The design is another version",
}


def status_of(error: SupportableError) -> int:
    """The status that an error of the engine is answered with; 500 where it is a defect of ours."""
    if not error.problems:
        return 500
    return next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 500)


def title_of(error: SupportableError) -> str:
    """What kind of error it is, in words."""
    return next((TITLES[kind] for kind in type(error).__mro__ if kind in TITLES), "Something is wrong")


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """One problem as plain values; `line` and `column` are 0, `pointer` is "" where the place is not known more
    closely."""
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "move": problem.move,
        "file": problem.origin.file,
        "line": problem.origin.line,
        "column": problem.origin.column,
        "pointer": problem.pointer,
    }


def problem_document(status: int, title: str, problems: Iterable[Problem]) -> dict[str, Any]:
    """The problem document as plain values; at least one problem is given."""
    found = list(problems)
    return {
        "type": f"urn:supportable:problem:{found[0].code}",
        "title": title,
        "status": status,
        "detail": found[0].message,
        "problems": [problem_as_json(problem) for problem in found],
    }


def problem_response(
    status: int, title: str, problems: Iterable[Problem], headers: Mapping[str, str] | None = None
) -> Response:
    """The answer that says what is wrong."""
    content = canonical_json(problem_document(status, title, problems))
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(content, status_code=status, headers=kept, media_type=MEDIA_TYPE)


def phrase(status: int) -> str:
    """The usual words for a status."""
    return HTTPStatus(status).phrase


def refused(
    status: int, code: str, message: str, *, hint: str = "", headers: Mapping[str, str] | None = None
) -> Refused:
    """A refusal of the service itself: raise it in a route."""
    return Refused(status, Problem(code, message, hint=hint), headers)


def not_found(message: str, *, hint: str = "") -> Refused:
    """404 for what is not there, or is another's."""
    return refused(404, codes.NOT_FOUND, message, hint=hint)


KNOWN: Final = (SupportableError, Refused, BodyRefused, ClientDisconnect)
"""What is raised on the way to an answer and is no defect of ours."""


def response_to(error: Exception) -> Response:
    """The answer to whatever was raised; a defect of ours is logged."""
    if isinstance(error, SupportableError):
        return error_response(error)
    if isinstance(error, Refused):
        return problem_response(error.status, phrase(error.status), [error.problem], error.headers)
    if isinstance(error, BodyRefused):
        return problem_response(error.status_code, phrase(error.status_code), [error.problem], error.headers)
    if isinstance(error, ClientDisconnect):
        return Response(status_code=GONE_AWAY)
    return defect_response(error)


def error_response(error: SupportableError) -> Response:
    """The answer to an error of the engine."""
    status = status_of(error)
    title = title_of(error)
    if isinstance(error, LedgerError) and status >= 500:
        LOG.error("%s", error)
        return problem_response(status, title, [_without_address(error)], _retry_after(error))
    if status == 500:
        return defect_response(error)
    return problem_response(status, title, error.problems, _retry_after(error))


def _retry_after(error: SupportableError) -> dict[str, str] | None:
    again = isinstance(error, EvaluationError | LedgerUnavailable) and not isinstance(error, LedgerUncertain)
    return {"Retry-After": "1"} if again else None


def _without_address(error: LedgerError) -> Problem:
    """What a caller is told of the ledger: what is wrong, not where the database is."""
    code = error.problems[0].code if error.problems else DEFECT
    if isinstance(error, LedgerUncertain):
        hint = "look whether it is recorded before you try again"
        return Problem(code, "the database was lost: this may be recorded, or not", hint=hint, move="us")
    if isinstance(error, LedgerUnavailable):
        return Problem(code, "the database cannot do it now, and nothing was recorded", hint="try again", move="us")
    return Problem(code, "the ledger does not hold what it wrote", hint="tell who runs this service", move="us")


def defect_response(error: BaseException) -> Response:
    """The answer where something is wrong with this software. What exactly stands in the log only."""
    LOG.error("a defect of supportable: %s", error, exc_info=error)
    problem = Problem(DEFECT, "this is a defect of supportable, not of your request", hint="report it", move="us")
    return problem_response(500, phrase(500), [problem])


def _possible(routes: Sequence[BaseRoute], request: Request) -> list[str]:
    """The methods of every route that leads to the path; a route by itself knows its own only, and none knows HEAD."""
    found: set[str] = set()
    for route in routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= set(getattr(route, "methods", None) or ())
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def add_handlers(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Let every error be answered as a problem document; `routes` are those of the application."""

    async def known(_request: Request, error: Exception) -> Response:
        return response_to(error)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = error.headers
        if isinstance(error, BodyRefused):
            return response_to(error)
        if error.status_code == 404:
            problem = Problem(codes.NO_SUCH_PLACE, f"there is nothing at {request.url.path}", hint="see /openapi.json")
        elif error.status_code == 405:
            message = f"{request.method} is not possible at {request.url.path}"
            problem = Problem(codes.METHOD_NOT_ALLOWED, message, hint="see /openapi.json")
            headers = {"Allow": ", ".join(_possible(routes, request))}
        else:
            problem = Problem(codes.REQUEST_REFUSED, str(error.detail))
        return problem_response(error.status_code, phrase(error.status_code), [problem], headers)

    async def bad_parameter(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        problems = []
        for each in error.errors():
            where, *path = [str(step) for step in each["loc"]] or ["request"]
            message = f"{where} “{'.'.join(path)}”: {each['msg']}" if path else f"{where}: {each['msg']}"
            problems.append(Problem(codes.BAD_PARAMETER, message, hint="see /openapi.json"))
        return problem_response(400, phrase(400), problems)

    app.add_exception_handler(SupportableError, known)
    app.add_exception_handler(Refused, known)
    app.add_exception_handler(ClientDisconnect, known)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, bad_parameter)
    app.add_exception_handler(Exception, known)
