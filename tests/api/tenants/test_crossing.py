"""No tenant sees, changes, or learns of anything that is another's, on any route there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
import pytest

from supportable.ledger import Head, open_ledger
from tests.api.callers import Keyring, called, keyring
from tests.api.route_table import LIBRARY, OPERATING, ROUTES
from tests.api.tenants.crossings import CROSSINGS, DESIGN, MARK, NOWHERE, REPEATED, YAML, Attempt

EACH_ITS_OWN = {"content-length", "date", "x-request-id"}
"""Headers that differ between any two answers, or with the length of a name."""
ATTEMPTS = [(method, attempt) for (method, _), attempts in CROSSINGS.items() for attempt in attempts]


@dataclass(frozen=True, slots=True)
class World:
    """Two tenants with everything that a tenant can have; `known` are the victim's ids, names and tags."""

    client: httpx.Client
    keys: Keyring
    victim: Mapping[str, str]
    intruder: Mapping[str, str]
    known: Mapping[str, str]

    def victims_chain(self) -> Head | None:
        with open_ledger(self.keys.database) as ledger:
            return ledger.head("victim")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    keys = keyring(tmp_path_factory.mktemp("tenants"))
    with called(keys) as client:
        victim, intruder = keys.bearer("victim"), keys.bearer("intruder")
        known = furnished(client, victim)
        # The intruder has rows as well, so that lists are not empty and an id of its own is not the answer to all.
        own = client.post("/v1/evaluations", headers={**intruder, "Content-Type": YAML}, content="design: own\n")
        assert own.status_code == 201, own.text
        client.put("/v1/designs/own", headers={**intruder, "Content-Type": YAML}, content="design: own\n")
        yield World(client, keys, victim, intruder, known)


def furnished(client: httpx.Client, victim: Mapping[str, str]) -> Mapping[str, str]:
    """Give a tenant one of everything, and say how it is all called."""
    sent = {}
    for (method, path), attempt in REPEATED.items():
        answer = client.request(method, attempt.path, headers={**victim, **attempt.headers}, content=attempt.content)
        assert answer.status_code == attempt.status, answer.text
        again = client.request(method, attempt.path, headers={**victim, **attempt.headers}, content=attempt.content)
        assert (again.headers.get("Idempotent-Replayed"), again.content) == ("true", answer.content)
        sent[path] = answer
    for text in (DESIGN, DESIGN + "clusters: []\n"):
        answer = client.put(
            f"/v1/designs/{MARK}", headers={**victim, "If-Match": "*", "Content-Type": YAML}, content=text
        )
        if answer.status_code == 412:
            answer = client.put(f"/v1/designs/{MARK}", headers={**victim, "Content-Type": YAML}, content=text)
        assert answer.status_code in {200, 201}, answer.text
    stored = answer.json()
    client.put(f"/v1/designs/{MARK}-2", headers={**victim, "Content-Type": YAML}, content=DESIGN)
    judged = client.post(f"/v1/designs/{MARK}/evaluations", headers={**victim, "Idempotency-Key": MARK})
    assert judged.status_code == 201, judged.text
    looked = client.get(sent["/v1/evaluations"].headers["location"], headers=victim)
    evaluations = client.get("/v1/evaluations?limit=1", headers=victim).json()
    designs = client.get("/v1/designs?limit=1", headers=victim).json()
    return {
        "evaluation": sent["/v1/evaluations"].json()["id"],
        "name": MARK,
        "etag": stored["etag"],
        "tag": looked.headers["etag"].strip('"'),
        "verdict": looked.json()["verdict_digest"].removeprefix("sha256:"),
        "design": stored["digest"],
        "evaluations_cursor": evaluations["next"],
        "designs_cursor": designs["next"],
    }


def made(world: World, method: str, attempt: Attempt, known: Mapping[str, str]) -> httpx.Response:
    headers = {name: filled(value, known) for name, value in attempt.headers.items()}
    return world.client.request(
        method, filled(attempt.path, known), headers={**world.intruder, **headers}, content=attempt.content
    )


def filled(text: str, known: Mapping[str, str]) -> str:
    for word, value in known.items():
        text = text.replace("{" + word + "}", value)
    return text


def blank(answer: httpx.Response, known: Mapping[str, str]) -> tuple[int, str, str]:
    """An answer without the words that the request named, so that only what the service adds is compared."""
    headers = [(name, value) for name, value in answer.headers.multi_items() if name not in EACH_ITS_OWN]
    return answer.status_code, blanked(answer.text, known), blanked(str(headers), known)


def blanked(text: str, known: Mapping[str, str]) -> str:
    for word, value in sorted(known.items(), key=lambda item: -len(item[1])):
        text = text.replace(value, word)
    return text


def test_every_route_on_rows_of_a_tenant_is_tried() -> None:
    assert CROSSINGS.keys() == {key for key, route in ROUTES.items() if route.rows}


@pytest.mark.parametrize(
    ("method", "attempt"),
    [pair for pair in ATTEMPTS if pair[1].kind == "hidden"],
    ids=lambda part: part if isinstance(part, str) else part.path + "".join(f" {name}" for name in part.headers),
)
def test_what_is_anothers_is_not_there(world: World, method: str, attempt: Attempt) -> None:
    before = world.victims_chain()
    answer = made(world, method, attempt, world.known)
    assert answer.status_code == attempt.status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert blank(answer, world.known) == blank(made(world, method, attempt, NOWHERE), NOWHERE)
    if method == "GET":
        head = made(world, "HEAD", attempt, world.known)
        assert (head.status_code, head.content) == (attempt.status, b"")
        assert blank(head, world.known) == blank(made(world, "HEAD", attempt, NOWHERE), NOWHERE)
    assert world.victims_chain() == before


@pytest.mark.parametrize(
    ("method", "attempt"),
    [pair for pair in ATTEMPTS if pair[1].kind == "listed"],
    ids=lambda part: part if isinstance(part, str) else part.path,
)
def test_lists_hold_ones_own(world: World, method: str, attempt: Attempt) -> None:
    answer = made(world, method, attempt, world.known)
    if answer.status_code != 304:
        assert answer.status_code == 200, answer.text
        assert MARK not in answer.text
        assert not set(world.known.values()) & {
            str(value) for item in answer.json()["items"] for value in item.values()
        }
        assert world.known["evaluation"] not in answer.text


@pytest.mark.parametrize(
    ("method", "attempt"),
    [pair for pair in ATTEMPTS if pair[1].kind == "afresh"],
    ids=lambda part: part if isinstance(part, str) else part.path,
)
def test_an_idempotency_key_of_another_is_just_a_word(world: World, method: str, attempt: Attempt) -> None:
    before = world.victims_chain()
    answer = made(world, method, attempt, world.known)
    assert answer.status_code == attempt.status, answer.text
    assert "Idempotent-Replayed" not in answer.headers
    assert world.known["evaluation"] not in answer.text + str(answer.headers)
    assert world.victims_chain() == before
    again = made(world, method, attempt, world.known)
    assert (again.headers["Idempotent-Replayed"], again.content) == ("true", answer.content)


def test_the_same_name_is_anothers_other_design(world: World) -> None:
    """Two tenants may call a design the same; neither overwrites, deletes or learns of the other's."""
    mine = {**world.intruder, "Content-Type": YAML}
    address = f"/v1/designs/{world.known['name']}"
    try:
        first = world.client.put(address, headers={**mine, "If-None-Match": "*"}, content="design: mine\n")
        assert (first.status_code, first.json()["version"]) == (201, 1)
        stolen = world.client.put(
            address, headers={**mine, "If-Match": f'"{world.known["etag"]}"'}, content="design: stolen\n"
        )
        assert stolen.status_code == 412
        assert world.client.get(address, headers=world.intruder).text == "design: mine\n"
        assert world.client.get(address, headers=world.victim).text == DESIGN + "clusters: []\n"
        assert MARK not in world.client.get(f"{address}/history", headers=world.intruder).text.replace(
            f'"name":"{MARK}"', ""
        )
        assert world.client.get(f"{address}/versions/2", headers=world.intruder).status_code == 404
    finally:
        gone = world.client.delete(address, headers={**world.intruder, "If-Match": "*"})
    assert gone.status_code == 204
    assert world.client.get(address, headers=world.victim).text == DESIGN + "clusters: []\n"


def test_what_the_packs_say_is_the_same_for_everyone(world: World) -> None:
    for (_, path), route in ROUTES.items():
        if route is LIBRARY and "{" not in path:
            both = [world.client.get(path, headers=who) for who in (world.victim, world.intruder)]
            assert both[0].content == both[1].content, path
            assert MARK not in both[1].text, path


def test_what_belongs_to_no_tenant_tells_nothing_of_any(world: World) -> None:
    for (method, path), route in ROUTES.items():
        if method == "GET" and (route is OPERATING or not route.scopes) and "{" not in path:
            answer = world.client.request(method, path, headers=world.intruder)
            assert answer.status_code == 200, path
            assert not [value for value in (MARK, "victim", world.known["evaluation"]) if value in answer.text], path


def test_the_chain_of_each_tenant_is_its_own(world: World) -> None:
    with open_ledger(world.keys.database) as ledger:
        assert {head.tenant for head in ledger.heads()} >= {"victim", "intruder"}
        assert ledger.verify() == []
