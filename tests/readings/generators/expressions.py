"""Typed expressions of every form, over the variables in scope; at most two macros inside one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from supportable.language.ir import (
    Agg,
    And,
    Arith,
    Attr,
    Cmp,
    Const,
    Count,
    IfElse,
    IsNone,
    Listed,
    Lookup,
    Node,
    Not,
    Or,
    Quant,
    Satisfies,
    TextSize,
    TextTest,
    Var,
    Where,
)
from supportable.language.ir import (
    Choices as AllChoices,
)
from supportable.vocabulary.lookups import Catalogue
from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    NEVER,
    TEXT,
    BoolType,
    DateType,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    Type,
)
from tests.readings.generators.choices import Choices
from tests.readings.generators.values import SCALARS, known_value

Operator = Literal["eq", "lt", "le"]

MOST_MACROS = 2
_FURTHEST = 2
"""How many steps a path takes from its variable."""

Derived = dict[tuple[str, str], Type]
"""Attributes that earlier definitions give to an entity type."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables of an expression, and how many macros it stands in."""

    variables: dict[str, Type]
    macros: int = 0

    def binding(self, **variables: Type) -> Scope:
        """The same scope with more variables."""
        return Scope({**self.variables, **variables}, self.macros + 1)


@dataclass(slots=True)
class Expressions:
    """Makes expressions. `derived` are the attributes that definitions give, `packs` what `satisfies` may name."""

    choices: Choices
    vocabulary: Vocabulary
    catalogues: dict[str, Catalogue]
    derived: Derived = field(default_factory=dict)
    packs: tuple[str, ...] = ()

    # -- truths -------------------------------------------------------------------------------------------------------

    def truth(self, scope: Scope, depth: int) -> Node:
        """A condition."""
        forms = ["comparison", "flag", "none", "text"]
        if depth > 0:
            forms += ["and", "or", "not", "comparison", "choice", "one_of"]
            forms += ["listed"] if self.catalogues else []
            forms += ["satisfies", "satisfies"] if self.packs else []
            if scope.macros < MOST_MACROS:
                forms += ["quantifier", "quantifier", "count", "count", "same", "choices"]
        form = self.choices.pick(forms)
        made: Node | None = getattr(self, f"_{form}")(scope, depth)
        return self._flag(scope, depth) if made is None else made

    def _and(self, scope: Scope, depth: int) -> Node:
        return And(BOOL, tuple(self.truth(scope, depth - 1) for _ in range(self.choices.number(2, 3))))

    def _or(self, scope: Scope, depth: int) -> Node:
        return Or(BOOL, tuple(self.truth(scope, depth - 1) for _ in range(self.choices.number(2, 3))))

    def _not(self, scope: Scope, depth: int) -> Node:
        return Not(BOOL, self.truth(scope, depth - 1))

    def _choice(self, scope: Scope, depth: int) -> Node:
        return self._if_else(BOOL, scope, depth)

    def _flag(self, scope: Scope, depth: int) -> Node:  # noqa: ARG002 - one signature for all forms
        paths = self.paths(scope, BOOL)
        return self.choices.pick(paths) if paths and self.choices.chance(85) else Const(BOOL, self.choices.chance(50))

    def _comparison(self, scope: Scope, depth: int) -> Node | None:
        left = self._path(scope)
        if isinstance(left.type, ListType):
            return self._member(left, scope, depth)
        type_ = family(left.type)
        if depth > 0 and self.choices.chance(30) and isinstance(type_, SCALARS):
            left = self.value(type_, scope, depth - 1)
        right = self._beside(type_, scope, depth)
        if right is None:
            return None
        if self.choices.chance(30):
            left, right = right, left
        return compared(left, right, self.choices)

    def _beside(self, type_: Type, scope: Scope, depth: int) -> Node | None:
        """Something of the type to compare with; seldom a constant where there are others."""
        if isinstance(type_, SCALARS) and self.choices.chance(60):
            return self._constant(type_)
        if isinstance(type_, SCALARS):
            return self.value(type_, scope, depth - 1)
        paths = self.paths(scope, type_)
        return self.choices.pick(paths) if paths else None

    def _member(self, listing: Node, scope: Scope, depth: int) -> Node | None:
        """`x in list`."""
        assert isinstance(listing.type, ListType)
        item = self._beside(family(listing.type.of), scope, depth)
        if item is None:
            return None
        member = Var(listing.type.of, "_1")
        return Quant(BOOL, "exists", listing, "_1", compared(member, item, self.choices, op="eq"))

    def _one_of(self, scope: Scope, depth: int) -> Node | None:
        item = self._path(scope)
        type_ = family(item.type)
        if not isinstance(type_, SCALARS):
            return self._comparison(scope, depth)
        among = [self._constant(type_) for _ in range(self.choices.number(2, 4))]
        return Or(BOOL, tuple(compared(item, each, self.choices, op="eq") for each in among))

    def _none(self, scope: Scope, depth: int) -> Node | None:
        of = self._path(scope)
        if isinstance(of.type, ListType):
            return None
        if depth > 0 and isinstance(of.type, SCALARS) and self.choices.chance(40):
            of = self.value(family(of.type), scope, depth - 1)
        return IsNone(BOOL, of)

    def _text(self, scope: Scope, depth: int) -> Node | None:
        op: Literal["contains", "containsAny", "startsWith", "endsWith"]
        op = self.choices.pick(("contains", "containsAny", "startsWith", "endsWith"))
        left, right = (self.value(TEXT, scope, depth - 1) for _ in range(2))
        return TextTest(BOOL, op, left, right)

    def _quantifier(self, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        if over is None:
            return None
        op: Literal["all", "exists"] = self.choices.pick(("all", "exists"))
        name, inner = self._inside(scope, over)
        return Quant(BOOL, op, over, name, self.truth(inner, depth - 1))

    def _count(self, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        if over is None:
            return None
        count, other = Count(INT, over), self.value(INT, scope, depth - 1)
        if self.choices.chance(60):
            other = Const(INT, self.choices.number(0, 3))
        left, right = (other, count) if self.choices.chance(50) else (count, other)
        return compared(left, right, self.choices)

    def _same(self, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        if over is None:
            return None
        name, inner = self._inside(scope, over)
        bodies = [path for path in self._all_paths(inner) if isinstance(path.type, (*SCALARS, RefType))]
        if not bodies:
            return None
        body = self.choices.pick(bodies)
        if self.choices.chance(25):
            body = self.truth(inner, depth - 1)
        return Agg(BOOL, "same", over, name, body)

    def _choices(self, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        if over is None:
            return None
        k: Node = Const(INT, self.choices.number(0, 2))
        if self.choices.chance(30):
            k = self.value(INT, scope, depth - 1)
        taken, left = f"t{scope.macros}", f"l{scope.macros}"
        inner = scope.binding(**{taken: over.type, left: over.type})
        return AllChoices(BOOL, over, k, taken, left, self.truth(inner, depth - 1))

    def _listed(self, scope: Scope, depth: int) -> Node:
        catalogue = self.catalogues[self.choices.pick(sorted(self.catalogues))]
        return Listed(BOOL, catalogue.name, self._keys(catalogue, scope, depth))

    def _satisfies(self, scope: Scope, depth: int) -> Node | None:  # noqa: ARG002 - one signature for all forms
        paths = [path for path in self._all_paths(scope) if isinstance(path.type, RefType)]
        return Satisfies(BOOL, self.choices.pick(paths), self.choices.pick(self.packs)) if paths else None

    # -- values -------------------------------------------------------------------------------------------------------

    def value(self, type_: Type, scope: Scope, depth: int) -> Node:
        """An expression of a scalar type."""
        if isinstance(type_, BoolType) and depth > 0 and self.choices.chance(60):
            return self.truth(scope, depth - 1)
        if depth > 0 and self.choices.chance(50):
            made = self._built(type_, scope, depth)
            if made is not None:
                return made
        paths = self.paths(scope, type_)
        return self.choices.pick(paths) if paths and self.choices.chance(85) else self._constant(type_)

    def _built(self, type_: Type, scope: Scope, depth: int) -> Node | None:
        forms = ["if_else", "if_else"]
        if any(family(column) == type_ for one in self.catalogues.values() for column in one.columns.values()):
            forms += ["lookup", "lookup"]
        if isinstance(type_, IntType | NumberType | DateType):
            forms += ["arithmetic", "arithmetic"]
            if scope.macros < MOST_MACROS:
                forms += ["aggregate", "aggregate"]
        if isinstance(type_, IntType):
            forms += ["size", "count_value"]
        made: Node | None = getattr(self, f"_{self.choices.pick(forms)}")(type_, scope, depth)
        return made

    def _if_else(self, type_: Type, scope: Scope, depth: int) -> Node:
        then, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
        if self.choices.chance(20):
            other = then
        return IfElse(type_, self.truth(scope, depth - 1), then, other)

    def _lookup(self, type_: Type, scope: Scope, depth: int) -> Node | None:
        found = [
            (catalogue, name)
            for catalogue in self.catalogues.values()
            for name, column in catalogue.columns.items()
            if family(column) == type_
        ]
        if not found:
            return None
        catalogue, name = self.choices.pick(found)
        return Lookup(catalogue.columns[name], catalogue.name, self._keys(catalogue, scope, depth), name)

    def _keys(self, catalogue: Catalogue, scope: Scope, depth: int) -> tuple[Node, ...]:
        return tuple(self.value(family(type_), scope, depth - 1) for type_ in catalogue.key.values())

    def _arithmetic(self, type_: Type, scope: Scope, depth: int) -> Node:
        depth -= 1
        if isinstance(type_, DateType):
            return Arith(
                DATE, self.choices.pick(("add", "sub")), self.value(DATE, scope, depth), self.value(INT, scope, depth)
            )
        if isinstance(type_, NumberType):
            op: Literal["add", "sub", "mul", "div"] = self.choices.pick(("add", "sub", "mul", "div"))
            right = self.value(type_ if op in ("add", "sub") else INT, scope, depth)
            return Arith(type_, op, self.value(type_, scope, depth), right)
        if self.choices.chance(20):
            return Arith(INT, "sub", self.value(DATE, scope, depth), self.value(DATE, scope, depth))
        op = self.choices.pick(("add", "sub", "mul", "div"))
        return Arith(INT, op, self.value(INT, scope, depth), self.value(INT, scope, depth))

    def _aggregate(self, type_: Type, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        if over is None:
            return None
        name, inner = self._inside(scope, over)
        body = self.value(type_, inner, depth - 1)
        op: Literal["min", "max", "sum", "smallest", "largest"]
        op = self.choices.pick(("min", "max") if isinstance(type_, DateType) else _AGGREGATES)
        k: Node | None = None
        if op in ("smallest", "largest"):
            k = self.value(INT, scope, depth - 1) if self.choices.chance(40) else Const(INT, self.choices.number(0, 3))
        return Agg(type_, op, over, name, body, k)

    def _size(self, type_: Type, scope: Scope, depth: int) -> Node:
        return TextSize(type_, self.value(TEXT, scope, depth - 1))

    def _count_value(self, type_: Type, scope: Scope, depth: int) -> Node | None:
        over = self.listing(scope, depth)
        return None if over is None else Count(type_, over)

    def _constant(self, type_: Type) -> Node:
        if isinstance(type_, DateType) and self.choices.chance(15):
            return Const(DATE, NEVER)
        return Const(type_, known_value(self.choices, type_, self.vocabulary))

    # -- lists and paths ----------------------------------------------------------------------------------------------

    def listing(self, scope: Scope, depth: int, of: Type | None = None) -> Node | None:
        """A list, of members of the type `of` where that is given; None where no variable leads to one."""
        found = [path for path in self._all_paths(scope) if isinstance(path.type, ListType)]
        if of is not None:
            found = [path for path in found if path.type == ListType(of)]  # type: ignore[arg-type]
        found += self._looked_up_lists(scope, depth) if of is None and depth > 0 and self.choices.chance(10) else []
        if not found:
            return None
        made = self.choices.pick(found)
        if depth > 0 and self.choices.chance(12):
            assert isinstance(made.type, ListType)
            others = [each for each in found if each.type == made.type]
            made = IfElse(made.type, self.truth(scope, 0), made, self.choices.pick(others))
        for _ in range(2):
            if depth > 0 and scope.macros < MOST_MACROS and self.choices.chance(25):
                name, inner = self._inside(scope, made)
                made = Where(made.type, made, name, self.truth(inner, min(depth - 1, 1)))
        return made

    def _looked_up_lists(self, scope: Scope, depth: int) -> list[Node]:
        return [
            Lookup(column, catalogue.name, self._keys(catalogue, scope, depth - 1), name)
            for catalogue in self.catalogues.values()
            for name, column in catalogue.columns.items()
            if isinstance(column, ListType)
        ]

    def _inside(self, scope: Scope, over: Node) -> tuple[str, Scope]:
        assert isinstance(over.type, ListType)
        name = f"x{scope.macros}"
        return name, scope.binding(**{name: over.type.of})

    def paths(self, scope: Scope, type_: Type) -> list[Node]:
        """The paths from variables to values of a type."""
        return [path for path in self._all_paths(scope) if family(path.type) == type_]

    def _all_paths(self, scope: Scope) -> list[Node]:
        """All paths; those of variables bound within count more, as they are what a body is about."""
        found: list[Node] = []
        for name, type_ in scope.variables.items():
            bound = name[0] in "xtl" and name[1:].isdigit()
            here = list(self._from(Var(type_, name), _FURTHEST))
            found += here * (4 if bound else 1)
        found += [Attr(type_, Var(RefType("design"), "design"), name, "design") for name, type_ in self._of("design")]
        found.append(Var(DATE, "as_of"))
        return found

    def _path(self, scope: Scope) -> Node:
        """One path, each type as likely as the others: there are many ways to an id, and few to a product."""
        by_type: dict[Type, list[Node]] = {}
        for path in self._all_paths(scope):
            by_type.setdefault(family(path.type), []).append(path)
        return self.choices.pick(self.choices.pick(list(by_type.values())))

    def _from(self, node: Node, steps: int) -> Iterator[Node]:
        yield node
        if not steps:
            return
        match node.type:
            case RefType(entity=owner) | RecordType(record=owner):
                for name, type_ in self._of(owner):
                    yield from self._from(Attr(type_, node, name, owner), steps - 1)
                for (entity, name), type_ in self.derived.items():
                    if entity == owner:
                        derived = Attr(type_, node, name, owner, derived=True)
                        # What packs define counts double, as in real packs.
                        yield derived
                        yield from self._from(derived, steps - 1)
            case ProductType():
                for name, type_ in self._product_fields(node.type):
                    yield Attr(type_, node, name, "")

    def _of(self, owner: str) -> list[tuple[str, Type]]:
        return [(each.name, each.type) for each in self.vocabulary.entities[owner].attributes.values()]

    def _product_fields(self, type_: ProductType) -> list[tuple[str, Type]]:
        ladders = [self.vocabulary.ladders[name] for name in type_.ladders or sorted(self.vocabulary.ladders)]
        return [
            ("name", EnumType(tuple(ladder.name for ladder in ladders))),
            ("release", EnumType(tuple(sorted({each for ladder in ladders for each in ladder.releases})))),
            ("edition", EnumType(tuple(sorted({each for ladder in ladders for each in ladder.editions})))),
            ("service_pack", INT),
            ("update", INT),
            ("architecture", EnumType(self.vocabulary.architectures)),
        ]


_AGGREGATES: tuple[Literal["min", "max", "sum", "smallest", "largest"], ...] = (
    "sum", "min", "max", "smallest", "largest",
)  # fmt: skip


def family(type_: Type) -> Type:
    """The type without the ranges that one attribute puts on it: what may be compared and computed with."""
    match type_:
        case IntType():
            return INT
        case NumberType():
            return replace(type_, low=None, high=None)
        case ProductType():
            return ProductType()
    return type_


def compared(left: Node, right: Node, choices: Choices, op: Operator | None = None) -> Cmp:
    """A comparison that the type allows."""
    type_ = left.type
    ordered = isinstance(type_, IntType | NumberType | DateType | ProductType) or (
        isinstance(type_, EnumType) and type_.ordered
    )
    operators: tuple[Operator, ...] = ("eq", "lt", "le") if ordered else ("eq",)
    chosen = choices.pick(operators) if op is None else op
    if isinstance(type_, ProductType):
        return Cmp(BOOL, chosen, left, right, "product")
    if isinstance(type_, RefType | RecordType):
        return Cmp(BOOL, chosen, left, right, "row")
    if isinstance(type_, EnumType) and chosen != "eq":
        return Cmp(BOOL, chosen, left, right, "scale", type_.values)
    return Cmp(BOOL, chosen, left, right, "plain")
