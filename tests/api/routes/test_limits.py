"""What one request may take: memory, time, lines; and that what is told is of the packs in use now."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NoReturn

import httpx
import pytest

from supportable_api import Settings, codes, create_app
from supportable_api.forms import AT_A_TIME
from tests.api.in_process import serving
from tests.api.running import running
from tests.packs.acme import ARRAYS, HEAD, SHARED, shelf

BILL = Path("examples/boms/hp-quote.xlsx")
DESIGN = Path("examples/sql-guest-cluster.yaml").read_bytes()
YAML = {"Content-Type": "application/yaml"}


def test_an_upload_never_reaches_a_disk(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def rolled(_: object) -> NoReturn:
        raise AssertionError("an upload went into a file")

    monkeypatch.setattr(SpooledTemporaryFile, "rollover", rolled)
    lines = b"qty;description\n" + b"1;" + b"x" * 1000 + b"\n"
    answer = client.post("/v1/boms", files={"file": ("b.csv", lines * 3000)})
    assert answer.status_code == 200, answer.text[:500]


def test_no_more_uploads_are_held_than_there_is_memory_for() -> None:
    head = (
        "POST /v1/boms HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: multipart/form-data; boundary=b",
        "Content-Length: 99",
    )
    half = "\r\n".join((*head, "", "-")).encode()
    with running(create_app(Settings(database="none", concurrency=1))) as address, ExitStack() as opened:
        place = httpx.URL(address)
        slow = [socket.create_connection((place.host, place.port or 80)) for _ in range(AT_A_TIME)]
        for each in slow:
            opened.enter_context(each).sendall(half)

        def tried_until(status: int) -> httpx.Response:
            for _ in range(200):
                answer = httpx.post(f"{address}/v1/boms", files={"file": ("b.csv", b"qty;description\n1;a\n")})
                if answer.status_code == status:
                    return answer
                time.sleep(0.01)
            raise AssertionError(f"never answered {status}")

        busy = tried_until(429)
        assert busy.headers["retry-after"] == "1"
        assert busy.json()["problems"][0]["code"] == codes.TOO_BUSY
        slow[0].close()
        tried_until(200)


def test_a_bill_of_too_many_lines_is_refused(client: httpx.Client) -> None:
    lines = b"qty;description\n" + b"1;a\n" * 50_001
    answer = client.post("/v1/boms", files={"file": ("b.csv", lines)})
    assert answer.status_code == 400, answer.text[:500]
    assert "50,001" in answer.json()["detail"]


def test_what_takes_too_long_is_stopped_and_may_be_tried_again() -> None:
    with serving(create_app(Settings(database="none", deadline=0.001))) as client:
        for answer in (
            client.post("/v1/boms", files={"file": (BILL.name, BILL.read_bytes())}),
            client.post("/v1/timeline", content=DESIGN, headers=YAML),
        ):
            assert (answer.status_code, answer.json()["problems"][0]["code"]) == (503, "SUP601")
            assert int(answer.headers["retry-after"]) >= 1


def test_an_upload_that_is_too_large_is_refused() -> None:
    with serving(create_app(Settings(database="none", max_file=10_000, max_body=5_000))) as client:
        for path in ("/v1/boms", "/v1/evidence"):
            answer = client.post(path, files={"file": ("f", b"x" * 20_000)})
            assert (answer.status_code, answer.json()["problems"][0]["code"]) == (413, codes.BODY_TOO_LARGE)
        design = client.post("/v1/boms", files={"file": ("f", b"a;b\n")}, data={"design": "x" * 6_000})
        assert design.status_code == 400, "a part that is no file is no longer than a body"


def test_what_is_told_is_of_the_packs_in_use_now(tmp_path: Path) -> None:
    place = Path(shelf(tmp_path, SHARED, ARRAYS))
    with serving(create_app(Settings(database="none", packs=(str(place),), installed=False))) as client:
        rule = "/v1/packs/acme.arrays/1.0.0/rules/mirrored"
        before = client.get(rule)
        assert before.json()["title"] == "A mirrored array is supported"
        assert client.get("/v1/search", params={"q": "mirrored"}).json()["total"] > 0
        rules = place / "acme/arrays/rules/mirrors.yaml"
        rules.write_text(rules.read_text().replace("A mirrored array", "An array with a mirror"))
        same = client.get(rule, headers={"If-None-Match": before.headers["etag"]})
        assert same.status_code == 304, "until they are loaded anew, the old ones count"
        client.post("/v1/packs:reload").raise_for_status()
        after = client.get(rule, headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, after.json()["title"]) == (200, "An array with a mirror is supported")
        found = client.get("/v1/search", params={"q": "array with a mirror"}).json()["items"]
        assert found[0]["id"] == "acme.arrays/mirrored"


def test_a_pack_that_does_not_load_is_told_without_where_it_is(tmp_path: Path) -> None:
    broken = {"acme/broken/pack.yaml": HEAD.replace("acme.arrays", "acme.broken") + "ruels: []\n"}
    place = shelf(tmp_path, SHARED, {**ARRAYS, **broken})
    settings = Settings(database="none", packs=(str(place),), installed=False, tolerant=True)
    with serving(create_app(settings)) as client:
        told = client.get("/v1/packs").json()
        assert [each["name"] for each in told["items"]] == ["acme.arrays"]
        (only,) = told["broken"]
        assert only["name"] == "acme.broken"
        assert only["problems"]
        assert str(tmp_path) not in client.get("/v1/packs").text
        missing = client.get("/v1/packs/acme.broken")
        assert (missing.status_code, missing.json()["problems"][0]["code"]) == (404, "SUP710")


def test_a_post_is_answered_whatever_the_caller_has(client: httpx.Client) -> None:
    query = {"from": "2009-01-01", "to": "2009-01-02"}
    first = client.post("/v1/timeline", params=query, content=DESIGN, headers=YAML)
    headers = {**YAML, "If-None-Match": first.headers["etag"]}
    again = client.post("/v1/timeline", params=query, content=DESIGN, headers=headers)
    assert (again.status_code, again.content) == (200, first.content)
