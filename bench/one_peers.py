"""The same flat rules on the same machines, by us and by peers: zen-engine, clipspy, cedarpy, durable-rules.

    python bench/one_peers.py [--rounds 100] [--save NAME]

Forty rules, each of the form “a machine of this kind has at least so many cores”, on twenty machines of which
everything is known: the only kind of rule that all of these can say. Every engine must name the same violations, or
nothing is reported. From plain dicts to the names of violated rules; engines are asked in turn within each round. What
is compared is the price of a decision, not its worth: we alone tell what is unknown and what a finding rests on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from supportable.document import read_text
from supportable.intake import load_design
from supportable.language.ir import Attr, Cmp, Const, Var
from supportable.packs.model import ALWAYS, Alternative, Pack, Revision, Rule
from supportable.packs.packset import PackSet
from supportable.plan import plan
from supportable.readings import READINGS
from supportable.readings.findings import VIOLATED
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import BOOL, EnumType, IntType, RefType

KINDS = ("rack", "blade", "tower", "edge")
RULES = [(f"r{place}", KINDS[place % len(KINDS)], place * 7 % 64) for place in range(40)]
MACHINES = [{"id": f"m{place}", "kind": KINDS[place * 3 % len(KINDS)], "cores": place * 11 % 61} for place in range(20)]

Hits = set[tuple[str, str]]
"""The violations: names of rule and machine."""
Engine = Callable[[], Hits]


def ours() -> Engine:
    """The compiled reading, facts built anew each time."""
    text = (
        "vocabulary: flat\nversion: 1.0.0\nlanguage: 1\ntypes:\n  machine:\n    attributes:\n"
        f"      kind: {{enum: [{', '.join(KINDS)}]}}\n      cores: int\n"
    )
    words = load_vocabulary([read_text(text, "flat.yaml")])
    machine = Var(RefType("machine"), "machine")
    kind, cores = EnumType(KINDS), IntType()

    def rule(name: str, wanted: str, least: int) -> Rule:
        when = Cmp(BOOL, "eq", Attr(kind, machine, "kind", "machine"), Const(kind, wanted), "plain")
        require = Cmp(BOOL, "le", Const(cores, least), Attr(cores, machine, "cores", "machine"), "plain")
        text = Revision(
            effective=ALWAYS, when=when, require=require, each=None, unless=(), otherwise=(Alternative("limited"),),
            disputed=(), message=None, remedies=(), cite=(Citation("KB1"),), covers=False, title="",
        )  # fmt: skip
        return Rule("flat.rules", name, name, "machine", (text,))

    pack = Pack("flat.rules", "1.0.0", "", "flat", "", (), (), tuple(rule(*each) for each in RULES), (), "flat")
    made = plan(PackSet(words, {}, {}, (pack,)), 737425)
    names = [each.rule.id for each in made.rules]
    judge = READINGS["compiled"]

    def run() -> Hits:
        findings = judge(made, load_design({"design": "flat", "machines": MACHINES}, words))
        return {(names[each.rule], each.row.id) for each in findings.items if each.kind == VIOLATED}

    return run


def zen() -> Engine:
    """One decision table that collects every row that holds, looped over the machines within the engine."""
    engine = import_module("zen").ZenEngine()
    table = {
        "hitPolicy": "collect",
        "executionMode": "loop",
        "inputField": "machines",
        "outputPath": "hits",
        "inputs": [{"id": "k", "name": "kind", "field": "kind"}, {"id": "c", "name": "cores", "field": "cores"}],
        "outputs": [{"id": "o", "name": "rule", "field": "rule"}],
        "rules": [{"_id": name, "k": f'"{kind}"', "c": f"< {least}", "o": f'"{name}"'} for name, kind, least in RULES],
    }
    content = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {"id": "t", "name": "t", "type": "decisionTableNode", "content": table, "position": {"x": 1, "y": 0}},
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "e2", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }
    decision = engine.create_decision(json.dumps(content))

    def run() -> Hits:
        found = decision.evaluate({"machines": MACHINES})["result"]["hits"]
        return {(hit["rule"], str(each["id"])) for each, hits in zip(MACHINES, found, strict=True) for hit in hits}

    return run


def clipspy() -> Engine:
    """One production for each rule; facts asserted, run and reset each time."""
    environment = import_module("clips").Environment()
    environment.build("(deftemplate machine (slot id) (slot kind) (slot cores))")
    hits: Hits = set()
    environment.define_function(lambda name, id_: hits.add((str(name), str(id_))), name="hit")
    for name, kind, least in RULES:
        environment.build(
            f'(defrule {name} (machine (id ?i) (kind "{kind}") (cores ?c&:(< ?c {least}))) => (hit "{name}" ?i))'
        )
    template = environment.find_template("machine")

    def run() -> Hits:
        hits.clear()
        environment.reset()
        for each in MACHINES:
            template.assert_fact(**each)
        environment.run()
        return set(hits)

    return run


def cedarpy() -> Engine:
    """One `forbid` for each rule, parsed beforehand; all machines in one batch, the reasons of each answer kept."""
    module = import_module("cedarpy")
    policies = module.PolicySet.from_str(
        "\n".join(
            f'@id("{name}") forbid (principal, action, resource) '
            f'when {{ context.kind == "{kind}" && context.cores < {least} }};'
            for name, kind, least in RULES
        )
    )
    entities = module.Entities.from_json_str("[]")
    names = {f"policy{place}": name for place, (name, _, _) in enumerate(RULES)}

    def run() -> Hits:
        requests = [
            {"principal": 'M::"m"', "action": 'Action::"run"', "resource": 'M::"m"', "context": each}
            for each in MACHINES
        ]
        answers = module.is_authorized_batch(requests, policies, entities)
        return {
            (names.get(reason, reason), str(each["id"]))
            for each, answer in zip(MACHINES, answers, strict=True)
            for reason in answer.diagnostics.reasons
        }

    return run


def durable_rules() -> Engine:
    """One production for each rule; facts asserted and retracted each time."""
    durable = import_module("durable.lang")
    machine = durable.m
    hits: Hits = set()
    with durable.ruleset("flat"):
        for name, kind, least in RULES:
            durable.when_all((machine.kind == kind) & (machine.cores < least))(_noting(hits, name))

    def run() -> Hits:
        hits.clear()
        facts = [dict(each) for each in MACHINES]
        durable.assert_facts("flat", facts)
        durable.retract_facts("flat", facts)
        return set(hits)

    return run


def _noting(hits: Hits, name: str) -> Callable[[Any], None]:
    # A function of one argument: to one of two, durable-rules would hand a callback as the second.
    def note(found: Any) -> None:
        hits.add((name, found.m["id"]))

    return note


ENGINES: dict[str, tuple[str, Callable[[], Engine]]] = {
    "supportable": ("supportable", ours),
    "zen-engine": ("zen", zen),
    "clipspy": ("clips", clipspy),
    "cedarpy": ("cedarpy", cedarpy),
    "durable-rules": ("durable", durable_rules),
}


def main() -> None:
    """Print medians and 99th percentiles for every engine that is installed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--save", default="")
    given = options.parse_args()
    engines = {name: make() for name, (module, make) in ENGINES.items() if find_spec(module)}
    expected = {
        (name, each["id"]) for name, kind, least in RULES for each in MACHINES
        if each["kind"] == kind and int(str(each["cores"])) < least
    }  # fmt: skip
    for name, run in engines.items():
        found = run()
        assert found == expected, (name, sorted(found ^ expected)[:5])
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(given.rounds):
        for name, run in engines.items():
            started = time.perf_counter()
            run()
            times[name].append(round(1e6 * (time.perf_counter() - started), 2))
    pairs = len(RULES) * len(MACHINES)
    print(f"{len(expected)} violations of {pairs} pairs, named alike by all")
    print(f"{'':16}{'p50 us':>10}{'p99 us':>10}{'us a pair':>12}")
    for name, taken in times.items():
        kept = sorted(taken[len(taken) // 10 :])
        half = statistics.median(kept)
        print(f"{name:16}{half:10.0f}{kept[len(kept) * 99 // 100]:10.0f}{half / pairs:12.3f}")
    if given.save:
        target = Path(__file__).parent / "results" / f"{given.save}.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps({"unit": "us", "pairs": pairs, "times": times}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
