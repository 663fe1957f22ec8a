"""Sends the examples of the description, in order, and writes down what is answered.

`python -m tests.api.openapi.sending` records the answers anew.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx

from supportable_api import Settings, create_app
from supportable_api.openapi.describe import operations
from supportable_api.openapi.examples import ANSWERS, FORM, REQUESTS, Sample, cut, filled, requests
from tests.api.in_process import serving


def sent(client: httpx.Client, document: dict[str, Any]) -> Iterator[tuple[Sample, str, httpx.Response]]:
    """Each request with its media type ("" for no body) and its answer."""
    places = {operation["operationId"]: (method, path) for path, method, operation in operations(document)}
    answers: dict[str, Any] = {}
    for name, sample in requests(files("supportable_api.openapi").joinpath(REQUESTS).read_text("utf-8")).items():
        asked = filled(sample, answers)
        method, path = places[name]
        for media_type, body in (asked.bodies or {"": None}).items():
            headers = dict(asked.headers)
            if "Idempotency-Key" in headers:
                headers["Idempotency-Key"] += f" {media_type}"
            if headers.get("If-None-Match") == "*" and name in answers:
                # By now it is there.
                headers = {"If-Match": "*"}
            answer = client.request(
                method,
                path.format_map(asked.path),
                params=asked.query,
                headers={**headers, **({"Content-Type": media_type} if media_type and media_type != FORM else {})},
                content=content_of(media_type, body),
                files={key: (key, part_of(value)) for key, value in body.items()} if media_type == FORM else None,
            )
            answers.setdefault(name, {"answer": content_in(answer)})
            yield asked, media_type, answer


def part_of(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def content_of(media_type: str, body: Any) -> bytes | None:
    if body is None or media_type == FORM:
        return None
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def content_in(answer: httpx.Response) -> Any:
    """JSON as it is, other texts as text; None for no content."""
    if not answer.content:
        return None
    kind = answer.headers["content-type"].split(";")[0]
    return answer.json() if kind.endswith(("/json", "+json")) else answer.text


def record() -> None:
    recorded: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database=f"sqlite:///{folder}/ledger.db"))
        with serving(app) as client:
            for sample, _, answer in sent(client, app.openapi()):
                answer.raise_for_status()
                recorded.setdefault(
                    sample.operation,
                    {
                        "status": answer.status_code,
                        "media_type": answer.headers.get("content-type", "").split(";")[0],
                        "answer": cut(content_in(answer)),
                    },
                )
    target = Path(str(files("supportable_api.openapi").joinpath(ANSWERS)))
    target.write_text(json.dumps(recorded, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    record()
