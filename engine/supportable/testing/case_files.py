"""Case files: read, and checked key by key, so that a misspelt expectation never passes for one that is met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from supportable.document import Document, Map, Plain, Seq, read_file
from supportable.errors import DocumentError, Problem, did_you_mean
from supportable.packs.packset import PackSet
from supportable.testing import codes
from supportable.testing.model import WHOLE_DESIGN, Case, Cite, Claim, Expectation
from supportable.verdict.model import STATUS_ORDER

_CASE_KEYS: Final = ("case", "as_of", "design", "with", "packs", "expect", "notes")
STATUS_KEYS: Final = ("status", "at_worst", "at_best", "rests_on")
RULE_KEYS: Final = (
    "violated", "satisfied", "open", "harmless", "not_applicable", "not_in_force", "advisories", "may_apply",
)  # fmt: skip
NAME_KEYS: Final = ("offenders", "missing", "waived_by", "assumed", "unrecognised", "not_covered", "covered")
FLAG_KEYS: Final = ("disputed", "refused")
_DESIGN_ONLY: Final = ("assumed", "unrecognised", "not_covered", "covered")
_SUBJECT_ONLY: Final = ("rests_on",)
_CLAIM_KEYS: Final = (*STATUS_KEYS, *RULE_KEYS, *NAME_KEYS, *FLAG_KEYS, "cites")


def read_cases(path: Path, shown: str, pack: str, packs: PackSet, problems: list[Problem]) -> tuple[Case, ...]:
    """The cases of one file that are in order; what is wrong with the others is added to `problems`.

    `shown` is the name that positions are given under, `pack` the pack whose cases they are ("" for none).
    """
    try:
        document = read_file(path, name=shown, move="author")
    except DocumentError as error:
        problems.extend(error.problems)
        return ()
    return _Reader(document, path, pack, packs, problems).cases()


class _Reader:
    def __init__(self, document: Document, path: Path, pack: str, packs: PackSet, problems: list[Problem]) -> None:
        self.document, self.path, self.pack, self.packs, self.problems = document, path, pack, packs, problems
        self._rules = {rule.name: rule for each in packs.packs for rule in each.rules}
        self._designs: dict[str, Document | None] = {}

    def cases(self) -> tuple[Case, ...]:
        root = self.document.root
        if not isinstance(root, Seq):
            self._note(codes.NOT_CASES, "a case file is a list of cases", "", "begin each case with “- case: title”")
            return ()
        found: dict[str, Case] = {}
        for place, entry in enumerate(root):
            case = self._case(entry, f"/{place}")
            if case is None:
                continue
            if case.title in found:
                hint = f"it is the title of the case at {found[case.title].origin} already"
                self._note(codes.SAME_TITLE, f"the title “{case.title}” is given twice", f"/{place}/case", hint)
            found.setdefault(case.title, case)
        return tuple(found.values())

    def _case(self, entry: object, at: str) -> Case | None:
        before = len(self.problems)
        if not isinstance(entry, Map):
            self._note(codes.WRONG_KIND, "a case is a map of keys and values", at, "begin it with “case: title”")
            return None
        self._keys(entry, at, _CASE_KEYS, required=("case", "as_of", "design", "expect"))
        title = self._text(entry.get("case"), f"{at}/case", "the title of a case")
        as_of = self._day(entry.get("as_of"), f"{at}/as_of")
        design = self._design(entry.get("design"), f"{at}/design")
        changes = entry.get("with")
        if changes is not None and not isinstance(changes, Map):
            self._note(
                codes.WRONG_KIND, "`with` is a map from paths to values", f"{at}/with", "as in machines.vm1.os: …"
            )
        names = self._texts(entry.get("packs"), f"{at}/packs") if entry.get("packs") is not None else []
        known = [pack.name for pack in self.packs.packs]
        for place, name in enumerate(names):
            if name not in known:
                hint = did_you_mean(name, known)
                self._note(codes.NO_SUCH_PACK, f"there is no pack “{name}”", f"{at}/packs/{place}", hint)
        if not names and not self.pack:
            hint = "name the packs to judge by: packs: […]"
            self._note(codes.NO_PACK, "this file belongs to no pack that was loaded", at, hint)
        expect = self._expect(entry.get("expect"), f"{at}/expect")
        if len(self.problems) > before or design is None or as_of is None:
            return None
        return Case(
            title=title,
            pack=self.pack,
            as_of=as_of,
            design=design,
            changes=changes if isinstance(changes, Map) else None,
            changes_document=self.document,
            packs=tuple(names) or (self.pack,),
            expect=tuple(expect),
            origin=self.document.origin_of(at),
        )

    def _design(self, value: object, at: str) -> Document | None:
        if isinstance(value, Map):
            return Document(self.document.file, value, self.document.digest, value.mark)
        if not isinstance(value, str):
            if value is not None:
                self._note(codes.WRONG_KIND, "`design` is a design, or the path of one", at)
            return None
        name = str(value)
        if name not in self._designs:
            path = self.path.parent / name
            shown = str(Path(self.document.file).parent / name)
            try:
                self._designs[name] = read_file(path, name=shown, move="author")
            except DocumentError as error:
                self._designs[name] = None
                self.problems.extend(error.problems)
        if self._designs[name] is None:
            self._note(
                codes.NO_SUCH_PLACE, f"the design “{name}” cannot be used", at, "a path is relative to this file"
            )
        return self._designs[name]

    def _expect(self, value: object, at: str) -> list[Expectation]:
        if not isinstance(value, Map):
            if value is not None:
                self._note(codes.WRONG_KIND, "`expect` is a map from subjects to what is expected of them", at)
            return []
        if not value:
            self._note(codes.MISSING_KEY, "the case expects nothing", at, "name a subject, as in workload/sql: {…}")
        return [self._expectation(subject, held, _below(at, subject)) for subject, held in value.items()]

    def _expectation(self, subject: str, held: object, at: str) -> Expectation:
        origin = self.document.origin_of_key(at)
        if not isinstance(held, Map) or not held:
            self._note(codes.WRONG_KIND, f"what is expected of {subject} is a map of keys and values", at)
            return Expectation(subject, (), origin)
        other = _SUBJECT_ONLY if subject == WHOLE_DESIGN else _DESIGN_ONLY
        self._keys(held, at, [key for key in _CLAIM_KEYS if key not in other])
        claims = []
        for key, value in held.items():
            claim = self._claim(key, value, _below(at, key)) if key in _CLAIM_KEYS else None
            if claim is not None:
                claims.append(claim)
        return Expectation(subject, tuple(claims), origin)

    def _claim(self, key: str, value: object, at: str) -> Claim | None:
        origin = self.document.origin_of(at)
        if key in STATUS_KEYS:
            status = self._text(value, at, f"`{key}`")
            if status and status not in STATUS_ORDER:
                self._note(codes.BAD_STATUS, f"“{status}” is not a status", at, did_you_mean(status, STATUS_ORDER))
            return Claim(key, status, origin)
        if key in FLAG_KEYS:
            if value not in ("true", "false") or not isinstance(value, Plain):
                self._note(codes.WRONG_KIND, f"`{key}` is true or false", at)
            return Claim(key, value == "true", origin)
        if key == "cites":
            return Claim(key, tuple(self._cites(value, at)), origin)
        names = self._texts(value, at)
        if key in RULE_KEYS:
            names = [self._rule(name, at, place) for place, name in enumerate(names)]
        return Claim(key, tuple(names), origin)

    def _rule(self, name: str, at: str, place: int) -> str:
        full = name if "/" in name else f"{self.pack}/{name}"
        if full not in self._rules:
            own = [rule.id for rule in self._rules.values() if rule.pack == self.pack]
            hint = did_you_mean(name, [*own, *self._rules] if "/" in name or not own else own)
            self._note(codes.NO_SUCH_RULE, f"there is no rule “{name}”", f"{at}/{place}", hint)
        return full

    def _cites(self, value: object, at: str) -> Iterable[Cite]:
        items = value if isinstance(value, Seq) else [value]
        for place, item in enumerate(items):
            where = f"{at}/{place}" if isinstance(value, Seq) else at
            if not isinstance(item, Map):
                yield Cite(self._article(self._text(item, where, "an article"), where))
                continue
            self._keys(item, where, ("ref", "section", "revision"), required=("ref",))
            words = {key: self._text(held, _below(where, key), f"`{key}`") for key, held in item.items()}
            ref = self._article(words.get("ref", ""), where)
            yield Cite(ref, words.get("section", ""), words.get("revision", ""))

    def _article(self, ref: str, at: str) -> str:
        if ref and ref not in self.packs.references:
            self._note(codes.NO_SUCH_RULE, f"there is no article “{ref}”", at, did_you_mean(ref, self.packs.references))
        return ref

    def _day(self, value: object, at: str) -> date | None:
        if value is None:
            return None
        if isinstance(value, str) and len(value) == 10:
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self._note(codes.BAD_DAY, "`as_of` is a day", at, "write it as in 2009-07-01")
        return None

    def _texts(self, value: object, at: str) -> list[str]:
        """A list of texts; a single text stands for a list of one."""
        if isinstance(value, str):
            return [str(value)]
        if isinstance(value, Seq):
            return [self._text(item, f"{at}/{place}", "an entry") for place, item in enumerate(value)]
        self._note(codes.WRONG_KIND, "a list is due here", at, "write [] for none")
        return []

    def _text(self, value: object, at: str, what: str) -> str:
        if isinstance(value, str) and value.strip():
            return str(value)
        if value is not None or not at.endswith("/case"):
            self._note(codes.WRONG_KIND, f"{what} is a text", at)
        return ""

    def _keys(self, held: Map, at: str, known: Iterable[str], required: Iterable[str] = ()) -> None:
        names = tuple(known)
        for key in held:
            if key not in names:
                hint = did_you_mean(key, names)
                where = self.document.origin_of_key(_below(at, key))
                self.problems.append(Problem(codes.UNKNOWN_KEY, f"unknown key “{key}”", where, hint, "author"))
        for key in required:
            if held.get(key) is None:
                self._note(codes.MISSING_KEY, f"the key “{key}” is missing", at, f"add {key}: …")

    def _note(self, code: str, message: str, at: str, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self.document.origin_of(at), hint, "author"))


def _below(pointer: str, step: str) -> str:
    return f"{pointer}/{step.replace('~', '~0').replace('/', '~1')}"
