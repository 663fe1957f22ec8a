"""What is asked over HTTP is answered as the engine answers, and is found again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.packs import PackSet
from supportable.report.html import html_of
from supportable.report.markdown import markdown_of
from supportable.report.model import Judged, Report
from supportable.report.sarif import sarif_text
from supportable.verdict import to_bytes
from tests.api.core.asking import DAY, GUESTS, JSON, YAML, codes_of, judged


def post(client: httpx.Client, content: bytes, headers: dict[str, str], **asked: str) -> httpx.Response:
    return client.post("/v1/evaluations", params={"as_of": DAY, **asked}, content=content, headers=headers)


def test_the_answer_is_the_verdict_of_the_engine_byte_for_byte(client: httpx.Client, packs: PackSet) -> None:
    answer = post(client, GUESTS, YAML)
    verdict = to_bytes(judged(GUESTS, packs))
    number = answer.headers["Supportable-Evaluation"]
    assert answer.status_code == 201
    assert answer.content == b'{"id":"%b","verdict":%b}' % (number.encode(), verdict)
    assert answer.headers["Location"] == f"/v1/evaluations/{number}"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(verdict).hexdigest()}"'


@pytest.mark.parametrize(
    ("media_type", "write"),
    [("text/html", html_of), ("text/markdown", markdown_of), ("application/sarif+json", sarif_text)],
)
def test_a_report_is_that_of_the_engine(client: httpx.Client, packs: PackSet, media_type: str, write: Any) -> None:
    answer = post(client, GUESTS, {**YAML, "Accept": media_type})
    verdict = judged(GUESTS, packs)
    assert answer.text == write(Report((Judged(verdict.design, verdict),)))
    assert answer.headers["Content-Type"].startswith(media_type)
    again = client.get(answer.headers["Location"], headers={"Accept": media_type})
    assert (again.status_code, again.text) == (200, answer.text)


def test_a_report_in_html_runs_nothing_and_comes_from_nowhere(client: httpx.Client) -> None:
    policy = post(client, GUESTS, {**YAML, "Accept": "text/html"}).headers["Content-Security-Policy"]
    assert policy.split("; ") == [
        "sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip


def test_what_was_judged_is_found_again(client: httpx.Client, packs: PackSet) -> None:
    made = post(client, GUESTS, YAML, name="audit").json()["id"]
    found = client.get(f"/v1/evaluations/{made}").json()
    verdict = judged(GUESTS, packs)
    assert found.pop("recorded_at")[:10] == datetime.now(UTC).date().isoformat()
    assert found == {
        "id": made,
        "name": "audit",
        "status": verdict.status,
        "at_worst": verdict.at_worst,
        "at_best": verdict.at_best,
        "as_of": DAY,
        "by": "local",
        "design": GUESTS.decode(),
        "design_digest": f"sha256:{hashlib.sha256(GUESTS).hexdigest()}",
        "design_media_type": "application/yaml",
        "engine": verdict.engine,
        "only": None,
        "packs": [{"pack": one.name, "version": one.version, "digest": one.digest} for one in verdict.packs],
        "pruned": False,
        "verdict": json.loads(to_bytes(verdict)),
        "verdict_digest": f"sha256:{hashlib.sha256(to_bytes(verdict)).hexdigest()}",
    }
    content = client.get(f"/v1/evaluations/{made}/design")
    assert (content.content, content.headers["Content-Type"]) == (GUESTS, "application/yaml")


def test_what_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    place = post(client, GUESTS, YAML).headers["Location"]
    for path in (place, f"{place}/design"):
        first = client.get(path)
        second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (second.status_code, second.content, second.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_nothing_is_kept_where_that_is_asked(client: httpx.Client) -> None:
    before = client.get("/v1/evaluations", params={"limit": 1}).json()["items"]
    answer = post(client, GUESTS, YAML, record="false")
    assert (answer.status_code, answer.json()["id"], "Location" in answer.headers) == (200, None, False)
    assert client.get("/v1/evaluations", params={"limit": 1}).json()["items"] == before


def test_the_list_is_read_page_by_page_newest_first_and_by_what_is_asked(client: httpx.Client) -> None:
    asked = [
        ("first", "2009-05-01", "unsupported"),
        ("second", "2009-07-01", "supported"),
        ("third", "2009-05-01", "unsupported"),
    ]
    for name, day, _ in asked:
        assert post(client, GUESTS, YAML, name=f"paged-{name}", as_of=day).status_code == 201

    def listed(**wanted: str) -> list[tuple[str, str, str]]:
        found, cursor = [], None
        while True:
            page = client.get("/v1/evaluations", params={**wanted, **({"cursor": cursor} if cursor else {})}).json()
            found += [(one["name"], one["as_of"], one["status"]) for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return [one for one in found if one[0].startswith("paged-")]

    newest_first = [(f"paged-{name}", day, status) for name, day, status in reversed(asked)]
    assert listed(limit="1") == listed(limit="2") == listed() == newest_first
    assert listed(status="supported") == [newest_first[1]]
    assert listed(as_of="2009-05-01") == [newest_first[0], newest_first[2]]
    assert listed(name="paged-third") == [newest_first[0]]
    assert listed(design=f"sha256:{hashlib.sha256(GUESTS).hexdigest()}") == newest_first
    assert listed(design="0" * 64) == listed(since="2999-01-01") == listed(until="2000-01-01T00:00:00Z") == []


@pytest.mark.parametrize("key", ["since", "until"])
@pytest.mark.parametrize(
    "moment",
    ["0", "1230768000", "12:00", "2009-02-30T00:00:00", "0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59-12:00"],
)
def test_what_is_no_moment_is_refused(client: httpx.Client, key: str, moment: str) -> None:
    answer = client.get("/v1/evaluations", params={key: moment})
    assert (answer.status_code, codes_of(answer.json())) == (400, ["SUP722"]), answer.text


def test_a_moment_is_of_the_zone_it_names_or_in_utc(client: httpx.Client) -> None:
    made = post(client, GUESTS, YAML, name="moment").json()["id"]
    at = datetime.fromisoformat(client.get(f"/v1/evaluations/{made}").json()["recorded_at"])
    later = at + timedelta(microseconds=1)

    def found(**query: str) -> bool:
        return bool(client.get("/v1/evaluations", params={"name": "moment", **query}).json()["items"])

    def in_zone(moment: datetime, hours: int) -> str:
        return moment.astimezone(timezone(timedelta(hours=hours))).isoformat()

    for written in (in_zone(at, 14), in_zone(at, -12), at.replace(tzinfo=None).isoformat(), f"{at.date()}"):
        assert found(since=written), written
    for written in (in_zone(later, 14), in_zone(later, -12), later.replace(tzinfo=None).isoformat()):
        assert (found(since=written), found(until=written)) == (False, True), written


def test_without_a_day_it_is_judged_as_of_today_in_utc_and_says_so(client: httpx.Client) -> None:
    before = datetime.now(UTC).date()
    answer = client.post("/v1/evaluations", content=GUESTS, headers=YAML)
    assert before.isoformat() <= answer.json()["verdict"]["as_of"] <= datetime.now(UTC).date().isoformat()
    assert answer.headers["Supportable-As-Of"] == answer.json()["verdict"]["as_of"]


def test_only_the_packs_that_are_named_judge(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/evaluations", params={"as_of": DAY, "pack": "microsoft.lifecycle"}, content=GUESTS, headers=YAML
    )
    assert [pack["pack"] for pack in answer.json()["verdict"]["packs"]] == ["microsoft.lifecycle"]
    found = client.get(answer.headers["Location"]).json()
    assert found["only"] == ["microsoft.lifecycle"]


@pytest.mark.parametrize("media_type", ["text/yaml", "application/x-yaml; charset=UTF-8", "application/YAML"])
def test_yaml_goes_by_many_names(client: httpx.Client, media_type: str) -> None:
    plain = post(client, GUESTS, YAML, record="false")
    assert post(client, GUESTS, {"Content-Type": media_type}, record="false").content == plain.content


def test_all_that_is_wrong_with_a_design_is_told_at_once_with_its_place(client: httpx.Client) -> None:
    content = b"machines:\n  - {id: a, kind: ethereal}\n  - {id: a, colour: red}\n"
    answer = post(client, content, YAML)
    told = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(one["code"], one["file"], one["line"], one["column"]) for one in told["problems"]] == [
        ("SUP523", "design.yaml", 2, 19), ("SUP513", "design.yaml", 3, 10), ("SUP520", "design.yaml", 3, 13),
    ]  # fmt: skip
    first = told["problems"][0]
    assert (told["type"], told["title"], told["status"], told["detail"]) == (
        f"urn:supportable:problem:{first['code']}", "The design does not fit the vocabulary", 422, first["message"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "headers", "asked", "status", "code"),
    [
        (b"{", JSON, {}, 400, "SUP130"),
        (b"", JSON, {}, 400, "SUP105"),
        (b"a: [", YAML, {}, 400, "SUP110"),
        (b"[]", JSON, {}, 422, "SUP500"),
        (GUESTS, {"Content-Type": "text/plain"}, {}, 415, "SUP718"),
        (GUESTS, {}, {}, 415, "SUP718"),
        (GUESTS, {"Content-Type": "application/yaml; charset=latin-1"}, {}, 415, "SUP718"),
        (GUESTS, {**YAML, "Content-Encoding": "gzip"}, {}, 415, "SUP718"),
        (GUESTS, {**YAML, "Accept": "image/png"}, {}, 406, "SUP719"),
        (GUESTS, {**YAML, "Accept": "application/json;q=nan"}, {}, 406, "SUP719"),
        (GUESTS, {**YAML, "Accept": "*/*;q=-nan"}, {}, 406, "SUP719"),
        (GUESTS, YAML, {"pack": "acme.nothing"}, 400, "SUP710"),
        (GUESTS, YAML, {"as_of": "2009-02-30"}, 400, "SUP722"),
        (GUESTS, YAML, {"as_of": "1246406400"}, 400, "SUP722"),
        (GUESTS, YAML, {"record": "perhaps"}, 400, "SUP722"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_code(
    *,
    client: httpx.Client,
    content: bytes,
    headers: dict[str, str],
    asked: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = post(client, content, headers, **asked)
    assert (answer.status_code, codes_of(answer.json())) == (status, [code])


def test_the_best_of_what_is_accepted_is_given(client: httpx.Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    wanted = {
        browser: "text/html; charset=utf-8",
        "text/*;q=0.5, text/html;q=0.1": "text/markdown; charset=utf-8",
        "*/*": "application/json",
        "application/json;q=0, */*": "text/html; charset=utf-8",
        "text/html;q=nan, text/markdown;q=0.1": "text/markdown; charset=utf-8",
        "text/html;q=inf, text/markdown;q=.1": "text/markdown; charset=utf-8",
        "text/html;q=1e0, text/markdown;q=0.001": "text/markdown; charset=utf-8",
        "text/html; q=0.3 , application/json;q=0.2": "text/html; charset=utf-8",
    }
    given = {accept: post(client, GUESTS, {**YAML, "Accept": accept}).headers["Content-Type"] for accept in wanted}
    assert given == wanted


def test_no_file_is_opened_whatever_a_request_names(client: httpx.Client, tmp_path: Path) -> None:
    secret = tmp_path / "report.xml"
    secret.write_text("<secret/>")
    as_text = post(client, json.dumps(str(secret)).encode(), JSON)
    assert codes_of(as_text.json()) == ["SUP500"]
    design = {
        "machines": [{"id": "a"}, {"id": "b"}],
        "clusters": [{"id": "c", "nodes": ["a", "b"], "validation": {"report": str(secret)}}],
    }
    present = post(client, json.dumps(design).encode(), JSON)
    secret.unlink()
    absent = post(client, json.dumps(design).encode(), JSON)
    assert present.status_code == absent.status_code
    told = [each.json().get("problems") or each.json()["verdict"] for each in (present, absent)]
    assert told[0] == told[1]


def test_what_is_not_there_is_not_found(client: httpx.Client) -> None:
    for path in ("/v1/evaluations/none", "/v1/evaluations/none/design"):
        answer = client.get(path)
        assert (answer.status_code, codes_of(answer.json())) == (404, ["SUP724"])
    answer = client.get("/v1/evaluation")
    assert (answer.status_code, codes_of(answer.json())) == (404, ["SUP720"])
    answer = client.delete("/v1/evaluations")
    assert (answer.status_code, codes_of(answer.json())) == (405, ["SUP721"])
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_a_report_that_is_named_by_path_is_not_opened_and_not_passed_over(client: httpx.Client) -> None:
    named = b"clusters: [{id: c, kind: failover, nodes: none, validation: {report: /etc/passwd}}]"
    told = b"clusters: [{id: c, kind: failover, nodes: none, validation: {report: mine.xml, outcome: passed}}]"
    answer = post(client, named, YAML)
    assert (answer.status_code, codes_of(answer.json())) == (422, ["SUP728"])
    assert answer.json()["problems"][0]["line"] == 1
    assert post(client, told, YAML).status_code == 201


@pytest.mark.parametrize(
    ("usual", "unusual"),
    [
        ("as_of=2009-07-01", "as_of=2009%2D07-01"),
        ("as_of=2009-07-01&record=false", "record=false&as_of=2009-07-01"),
        ("record=false", "record=0"),
        ("as_of=2009-07-01&record=true", "as_of=2009-07-01&record=true&name="),
        ("as_of=2009-02-30", "as_of=2009-02%2D30"),
        ("as_of=0000-01-01&record=false", "record=false&as_of=0000-01-01"),
    ],
)
def test_the_short_way_and_the_long_way_lead_to_the_same_answer(client: httpx.Client, usual: str, unusual: str) -> None:
    short, long = (client.post(f"/v1/evaluations?{query}", content=GUESTS, headers=YAML) for query in (usual, unusual))
    varying = {"x-request-id", "location", "supportable-evaluation"}

    def told(answer: httpx.Response) -> tuple[int, dict[str, str], Any]:
        headers = {name: value for name, value in answer.headers.items() if name not in varying}
        return answer.status_code, headers, {**answer.json(), "id": None}

    assert told(short) == told(long)
