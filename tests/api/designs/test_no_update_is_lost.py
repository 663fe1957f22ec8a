"""Whatever the order in which several clients read and write one design, no write is lost.

Each client adds its mark to what it read, and sends the tag of what it read. Then every mark whose write was
acknowledged stands in the design at the end, and the versions are one line: each was made from the one before.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

YAML = {"Content-Type": "application/yaml"}
NAMES = (f"shared-{number}" for number in itertools.count())
CLIENTS = 3

# What a client does next: read, write on top of what it read, write blindly, delete what it read.
STEPS = st.lists(
    st.tuples(st.integers(0, CLIENTS - 1), st.sampled_from(["read", "write", "write", "blind", "delete"])),
    min_size=1,
    max_size=14,
)


class Client:
    """What a client knows: the text and the tag that it read last; None and "" before it read, or where nothing was."""

    def __init__(self, http: httpx.Client, address: str) -> None:
        self.http = http
        self.address = address
        self.text = ""
        self.etag: str | None = None

    def read(self) -> None:
        answer = self.http.get(self.address)
        assert answer.status_code in {200, 404}
        self.text, self.etag = (answer.text, answer.headers["etag"]) if answer.status_code == 200 else ("", None)

    def condition(self) -> dict[str, str]:
        return {"If-None-Match": "*"} if self.etag is None else {"If-Match": self.etag}

    def write(self, mark: str, *, blind: bool = False) -> bool:
        """Whether the mark was taken; then this client has seen what it wrote."""
        text = (self.text or "design: shared\nmarks:\n") + f"  {mark}: 1\n"
        answer = self.http.put(self.address, content=text, headers={**YAML, **({} if blind else self.condition())})
        if blind and answer.status_code == 201:
            # There was nothing to lose. What it had read is over.
            self.text, self.etag = text, answer.headers["etag"]
            return True
        assert answer.status_code in ({428} if blind else {200, 201, 412}), answer.text
        if answer.status_code in {200, 201}:
            self.text, self.etag = text, answer.headers["etag"]
        return answer.status_code in {200, 201}

    def delete(self) -> bool:
        answer = self.http.delete(self.address, headers=self.condition() if self.etag else {"If-Match": '"none"'})
        assert answer.status_code in {204, 404, 412}
        if answer.status_code == 204:
            self.text, self.etag = "", None
        return answer.status_code == 204


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_write_replaces_what_its_client_saw_and_nothing_else(
    client: httpx.Client, steps: list[tuple[int, str]]
) -> None:
    address = f"/v1/designs/{next(NAMES)}"
    clients = [Client(client, address) for _ in range(CLIENTS)]
    # A model of one register: the text that is there, or None.
    there: str | None = None
    for number, (who, what) in enumerate(steps):
        acting = clients[who]
        seen = acting.text if acting.etag is not None else None
        if what == "read":
            acting.read()
            assert acting.text == (there or "")
        elif what == "delete":
            if acting.delete():
                assert seen == there
                there = None
        else:
            taken = acting.write(f"m{number}", blind=what == "blind")
            if taken:
                assert there is None if what == "blind" else seen == there, "written over what was not seen"
                there = acting.text
            elif what == "write":
                assert acting.etag is None or seen != there or there is None or stale(client, acting)
    last = Client(client, address)
    last.read()
    assert last.text == (there or "")


def stale(client: httpx.Client, acting: Client) -> bool:
    """Whether the tag that a client holds is not the current one: the same text can be another version."""
    current: str | None = client.get(acting.address).headers.get("etag")
    return current != acting.etag


def test_clients_at_the_same_time_lose_nothing(server: str) -> None:
    """The same with real threads on a real server: everyone retries until its mark is in."""
    address = f"{server}/v1/designs/together"
    taken: list[str] = []

    def work(name: str) -> Callable[[], None]:
        def run() -> None:
            with httpx.Client() as http:
                acting = Client(http, address)
                for number in range(4):
                    acting.read()
                    while not acting.write(f"{name}{number}"):
                        acting.read()
                    taken.append(f"{name}{number}")

        return run

    threads = [threading.Thread(target=work(name)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with httpx.Client() as http:
        text = http.get(address).text
        versions = http.get(f"{address}/history").json()["items"]
        texts = [http.get(f"{address}/versions/{each['version']}").text for each in reversed(versions)]
    assert len(taken) == 16
    assert sorted(line.strip().removesuffix(": 1") for line in text.splitlines()[2:]) == sorted(taken)
    assert [each["version"] for each in versions] == list(range(16, 0, -1))
    assert all(later.startswith(earlier) for earlier, later in itertools.pairwise(texts)), "each from the one before"
