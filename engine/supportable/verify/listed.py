"""What is missing, as far as lists can be held to the findings they are about without the search that made them.

Of a subject's list: that it is there only where the status is open; that each entry is of rules whose findings on that
subject are open, and no worse than those; that a fact in it is not known; that the question and the possible answers
are those of its type; and its order. A finding's own list and its subject's have to agree. The list of the whole design
is that of its subjects, put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from supportable.facts import Members, Row, value_of
from supportable.packs.model import NOT_COVERED, STATUS_NAMES
from supportable.readings.findings import HARMLESS, UNDECIDED, VIOLATED, Finding
from supportable.verify.told import Telling
from supportable.verify.words import Json
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import BoolType, EnumType, ProductType
from supportable.vocabulary.unknown import UNKNOWN

Path = tuple[str, ...]
Fault = tuple[Path, str]

KINDS: Final = ("fact", "catalogue", "policy")
MOST_ANSWERED: Final = 40
"""Up to how many facts of a design have their answers tried out: of one that has more, some stand without."""
MOST_ANSWERS: Final = 16


class Listed:
    """The lists of one verdict, whose shape was checked, held to the findings that the checker made itself."""

    def __init__(self, telling: Telling, verdict: Json) -> None:
        self.plan, self.facts, self.found = telling.plan, telling.facts, telling.found
        self.verdict = verdict
        self.bounds = telling.bounds
        facts = {one["fact"] for each in verdict["subjects"] for one in each["missing"] if one["kind"] == "fact"}
        self.all_answered = len(facts) <= MOST_ANSWERED
        self.rows: dict[str, Row] = {self.facts.design.pointer: self.facts.design}
        self.rows |= {row.pointer: row for table in self.facts.tables.values() for row in table.own()}

    def wrong(self) -> Iterator[Fault]:
        """What does not hold, with where in the verdict it stands."""
        for place, subject in enumerate(self.verdict["subjects"]):
            path = ("subjects", str(place))
            faults = list(self._subject(subject, path))
            yield from faults or self._agreeing(subject, path)
        for place, shown in enumerate((*self.verdict["advisories"], *self.verdict["may_apply"])):
            first = len(self.verdict["advisories"])
            key, index = ("advisories", place) if place < first else ("may_apply", place - first)
            yield from _told(shown, (key, str(index)))
        yield from self._design()

    # -- one subject --------------------------------------------------------------------------------------------------

    def _subject(self, subject: Json, path: Path) -> Iterator[Fault]:
        listed, name = subject["missing"], subject["subject"]
        decided = name in self.bounds and self.bounds[name].decided
        if decided and listed:
            yield (*path, "missing"), "should be empty: the status is known"
            return
        rules = {self.plan.rules[one.rule].rule.name: one for one in self.found[name] if _is_open(one)}
        for index, one in enumerate(listed):
            for key, what in self._entry(one, name, rules):
                yield (*path, "missing", str(index), key), what
        keys = [(-STATUS_NAMES.index(one["worst"]), -len(one["decides"]), one["fact"]) for one in listed]
        if keys != sorted(keys) or len({(one["kind"], one["fact"]) for one in listed}) != len(listed):
            yield (*path, "missing"), "is not in order, or has something twice"

    def _entry(self, one: Json, subject: str, rules: dict[str, Finding]) -> Iterator[tuple[str, str]]:
        decides = one["decides"]
        if not decides or decides != sorted(set(decides)) or not rules.keys() >= set(decides):
            yield "decides", "names what is no open finding of the subject, or names it twice"
        else:
            worst = STATUS_NAMES[max(NOT_COVERED, *(rules[name].worst for name in decides))]
            if one["worst"] != worst:
                yield "worst", f"should be {worst}"
        if one["subjects"] != [subject]:
            yield "subjects", f"should be {subject} alone"
        if one["kind"] != "fact":
            if one["kind"] not in KINDS or one["pointer"] or one["answers"]:
                yield "kind", "is nothing that can be missing, or has a pointer or answers that only a fact has"
            return
        yield from self._fact(one)

    def _fact(self, one: Json) -> Iterator[tuple[str, str]]:
        row, attribute, part = self._place(one["pointer"])
        if row is None or one["fact"] != f"{row.name}.{attribute}" + (f".{part}" if part else ""):
            yield "pointer", "does not lead to the fact that is named"
            return
        held = value_of(row, attribute)
        if not _is_unknown(held, part):
            yield "fact", "is known: the design says it"
        if one["question"] != self._question(row, attribute, part):
            yield "question", f"should be {self._question(row, attribute, part)}"
        answers, due = [answer["value"] for answer in one["answers"]], self._answers(row, attribute, part)
        if repr(answers) != repr(due) and (answers or self.all_answered):
            yield "answers", f"should be of {due}"

    def _place(self, pointer: str) -> tuple[Row | None, str, str]:
        """The row, the attribute and the field of a product that a pointer leads to."""
        owner, _, attribute = pointer.rpartition("/")
        if owner in self.rows and self._has(self.rows[owner], attribute):
            return self.rows[owner], attribute, ""
        owner, _, whole = owner.rpartition("/")
        row = self.rows.get(owner)
        if row is None or not self._has(row, whole) or not isinstance(value_of(row, whole), Product):
            return None, "", ""
        return (row, whole, attribute) if attribute in Product.__dataclass_fields__ else (None, "", "")

    def _has(self, row: Row, attribute: str) -> bool:
        return attribute in self.facts.tables[row.type].entity.attributes

    def _question(self, row: Row, attribute: str, part: str) -> str:
        ask = self.facts.tables[row.type].entity.attributes[attribute].ask
        words, name = attribute.replace("_", " "), row.id or row.name
        if part:
            return f"Which {part.replace('_', ' ')} of {words} does {name} have?"
        if isinstance(value_of(row, attribute), Members):
            return f"{ask or f'What are the {words} of {name}?'} (complete the list of {name})"
        return ask or f"What is the {words} of {name}?"

    def _answers(self, row: Row, attribute: str, part: str) -> list[Any]:
        """All the answers that there are; none where they are too many to be tried."""
        type_ = self.facts.tables[row.type].entity.attributes[attribute].type
        if isinstance(type_, BoolType):
            return [True, False]
        if isinstance(type_, EnumType) and len(type_.values) <= MOST_ANSWERS:
            return list(type_.values)
        if not isinstance(type_, ProductType) or part not in ("edition", "release", "architecture"):
            return []
        ladder = self.plan.vocabulary.ladders[str(value_of(row, attribute).name)]
        choices = {
            "edition": ladder.editions,
            "release": ladder.releases,
            "architecture": self.plan.vocabulary.architectures,
        }
        return list(choices[part][:MOST_ANSWERS])

    # -- lists that have to agree -------------------------------------------------------------------------------------

    def _agreeing(self, subject: Json, path: Path) -> Iterator[Fault]:
        """Whether the lists of an open subject and of its open findings name the same."""
        decided = subject["subject"] not in self.bounds or self.bounds[subject["subject"]].decided
        listed = {(one["fact"], rule) for one in subject["missing"] for rule in one["decides"]}
        for index, shown in enumerate(subject["findings"]):
            where = (*path, "findings", str(index))
            faults = list(_told(shown, where))
            yield from faults
            if faults or decided or shown["kind"] != "open":
                continue
            # What hangs on another subject's support is traced to what is missing there.
            own = {fact for fact in shown["missing"] if not self._depends(fact)}
            theirs = {fact for fact, rule in listed if rule == shown["rule"]}
            if not own <= theirs or (len(own) == len(shown["missing"]) and own != theirs):
                yield (*where, "missing"), "is not what the subject lists as missing for this rule"

    def _depends(self, fact: str) -> bool:
        return any(fact.endswith(f" under {pack.name}") for pack in self.plan.packs)

    def _design(self) -> Iterator[Fault]:
        merged: dict[tuple[str, str], list[Json]] = defaultdict(list)
        for subject in self.verdict["subjects"]:
            for one in subject["missing"]:
                merged[one["kind"], one["fact"]].append(one)
        due = []
        for held in merged.values():
            first = held[0]
            worst = max((one["worst"] for one in held), key=STATUS_NAMES.index)
            decides = sorted({rule for one in held for rule in one["decides"]})
            subjects = sorted({name for one in held for name in one["subjects"]})
            count = sum(len(one["decides"]) for one in held)
            entry = {**first, "worst": worst, "decides": decides, "subjects": subjects, "answers": _values(first)}
            due.append(((-STATUS_NAMES.index(worst), -count, first["fact"]), entry))
        due.sort(key=lambda pair: pair[0])
        given = [{**one, "answers": _values(one)} for one in self.verdict["missing"]]
        if repr([sorted(one.items()) for one in given]) != repr([sorted(one.items()) for _, one in due]):
            yield ("missing",), "is not what its subjects list as missing"


def _values(one: Json) -> list[Any]:
    return [answer["value"] for answer in one["answers"]]


def _told(shown: Json, path: Path) -> Iterator[Fault]:
    """A finding's own list: facts by name, in order, of an open one only."""
    names = shown["missing"]
    if not all(isinstance(name, str) for name in names) or names != sorted(set(names)):
        yield (*path, "missing"), "is no list of names in order, each once"
    elif names and shown["kind"] != "open":
        yield (*path, "missing"), "should be empty: the finding is not open"


def _is_open(finding: Finding) -> bool:
    """Whether more facts could make something else of a finding that counts."""
    if finding.advisory:
        return False
    if finding.kind == HARMLESS:
        return finding.hopeful
    return finding.kind == UNDECIDED or (finding.kind == VIOLATED and finding.worst != finding.best)


def _is_unknown(held: Any, part: str) -> bool:
    if isinstance(held, Members):
        return held.open or bool(held.maybe)
    if isinstance(held, Row):
        return held.i == 0
    if isinstance(held, Product):
        return getattr(held, part) is UNKNOWN if part else held.name is UNKNOWN
    return held is UNKNOWN
