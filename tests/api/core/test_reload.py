"""Packs anew while the service runs: judged first, taken as a whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.errors import PackError
from supportable.plan import plan
from supportable_api import Settings, create_app, judging
from supportable_api.judged import judge
from supportable_api.packs_held import MOST_PLANS, PacksHeld, Plans
from tests.api.core.asking import JSON, codes_of
from tests.api.in_process import serving
from tests.packs.acme import ARRAYS, HEAD, RULE, SHARED, rule, shelf

DESIGN = b'{"arrays": [{"id": "a", "mirrored": false}]}'
RULES = "acme/arrays/rules/mirrors.yaml"
MILDER = RULE.replace("otherwise: unsupported", "otherwise: limited")
MUTE = rule("mute", "array", when="array.mirrored && !array.mirrored", require="true")
CASE = """\
- case: one that is not mirrored
  as_of: 2023-01-01
  design: {arrays: [{id: a, mirrored: false}]}
  expect: {array/a: {status: unsupported}}
"""
SPARE = {"acme/spare/pack.yaml": HEAD.replace("acme.arrays", "acme.spare")}


class Service:
    """A service on a shelf that changes."""

    def __init__(self, folder: Path, client: httpx.Client) -> None:
        self.folder = folder
        self.client = client

    def put(self, files: dict[str, str]) -> None:
        shelf(self.folder, files)

    def status(self) -> str:
        answer = self.client.post("/v1/evaluations", params={"as_of": "2023-01-01"}, content=DESIGN, headers=JSON)
        told: dict[str, Any] = answer.json()
        return str(told["verdict"]["status"])

    def reload(self, **asked: str) -> httpx.Response:
        return self.client.post("/v1/packs:reload", params=asked)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    shelf(tmp_path, SHARED, ARRAYS)
    settings = Settings(database="none", packs=(str(tmp_path),), installed=False)
    with serving(create_app(settings)) as client:
        yield Service(tmp_path, client)


def test_what_changed_is_used_once_it_is_reloaded(service: Service) -> None:
    assert service.status() == "unsupported"
    service.put({RULES: MILDER})
    assert service.status() == "unsupported"
    answer = service.reload().json()
    assert (answer["generation"], answer["packs"], service.status()) == (2, ["acme.arrays 1.0.0"], "limited")
    assert service.client.get("/readyz").json()["generation"] == 2


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({RULES: RULE.replace("array.mirrored", "array.mirorred")}, "SUP411"),
        ({RULES: "rules: ["}, "SUP110"),
        ({"vocabulary/acme.yaml": "vocabulary: acme\n"}, "SUP205"),
        ({"acme/arrays/rules/mute.yaml": MUTE}, "SUP830"),
        ({RULES: MILDER, "acme/arrays/cases/all.yaml": CASE}, "SUP794"),
    ],
    ids=["a fact there is not", "no yaml", "a broken vocabulary", "a rule that is mute", "a case that fails"],
)
def test_a_set_that_is_not_in_order_is_refused_and_the_old_one_stays(
    service: Service, files: dict[str, str], code: str
) -> None:
    service.put(files)
    answer = service.reload()
    assert (answer.status_code, code in codes_of(answer.json())) == (422, True), answer.text
    assert (service.status(), service.client.get("/readyz").json()["generation"]) == ("unsupported", 1)
    metrics = service.client.get("/metrics").text
    assert 'supportable_packs_reloads_total{outcome="refused"} 1.0' in metrics


def test_a_pack_in_use_is_not_lost_unless_that_is_meant(service: Service) -> None:
    service.put(SPARE)
    assert service.reload().json()["packs"] == ["acme.arrays 1.0.0", "acme.spare 1.0.0"]
    (service.folder / "acme/spare/pack.yaml").unlink()
    refused = service.reload()
    assert (refused.status_code, codes_of(refused.json())) == (422, ["SUP793"])
    assert service.client.get("/readyz").json()["packs"] == 2
    assert service.reload(removing="true").json()["packs"] == ["acme.arrays 1.0.0"]


def test_who_began_with_a_set_ends_with_it(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow(*given: Any) -> Any:
        begun.set()
        gate.wait()
        return judge(*given)

    found: list[str] = []
    monkeypatch.setattr(judging, "judge", slow)
    asking = threading.Thread(target=lambda: found.append(service.status()))
    asking.start()
    begun.wait()
    service.put({RULES: MILDER})
    assert service.reload().json()["generation"] == 2
    gate.set()
    asking.join()
    monkeypatch.undo()
    assert (found, service.status()) == (["unsupported"], "limited")


def test_a_set_that_is_not_in_order_does_not_start(tmp_path: Path) -> None:
    shelf(tmp_path, SHARED, ARRAYS, {"acme/bad/pack.yaml": "pack: acme.bad\n"})
    settings = Settings(database="none", packs=(str(tmp_path),), installed=False)
    with pytest.raises(PackError), serving(create_app(settings)):
        pass
    with serving(create_app(settings.with_options(tolerant=True))) as client:
        assert client.get("/readyz").json()["packs"] == 1


def test_plans_of_day_after_day_do_not_fill_the_memory(tmp_path: Path) -> None:
    shelf(tmp_path, SHARED, ARRAYS)
    packset = PacksHeld([tmp_path], installed=False).current.packset
    for day in range(730_000, 730_000 + 2 * MOST_PLANS):
        packset.plans[day, None] = plan(packset, day)
        packset.plans.get((730_000, None))
    assert isinstance(packset.plans, Plans)
    assert len(packset.plans) == MOST_PLANS
    assert (730_000, None) in packset.plans
    assert (730_001, None) not in packset.plans


def test_an_old_evaluation_can_still_be_read_when_its_packs_are_gone(tmp_path: Path) -> None:
    shelf(tmp_path / "shelf", SHARED, ARRAYS)
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    settings = Settings(database=database, packs=(str(tmp_path / "shelf"),), installed=False)
    with serving(create_app(settings)) as client:
        service = Service(tmp_path / "shelf", client)
        accept = {**JSON, "Accept": "text/markdown"}
        first = client.post("/v1/evaluations", params={"as_of": "2023-01-01"}, content=DESIGN, headers=accept)
        service.put({RULES: MILDER})
        service.reload()
        again = client.get(first.headers["Location"], headers={"Accept": "text/markdown"})
        now = client.post("/v1/evaluations", params={"as_of": "2023-01-01"}, content=DESIGN, headers=accept)
    assert "Unsupported" in first.text
    assert (again.status_code, again.text) == (200, first.text)
    assert "Limited" in now.text
