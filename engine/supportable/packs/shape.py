"""The shape of pack.yaml and of rule files, as pydantic models. They say what stands where, not
yet whether it is right.

Importing this module imports pydantic, so only loading does, and only where there is nothing in the cache.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from supportable.document import Plain
from supportable.packs.versions import VERSION, parse_requirement

LANGUAGE_VERSION: Final = 1
RULE_ID: Final = r"[a-z0-9][a-z0-9-]{0,99}"
PACK_NAME: Final = r"[a-z0-9][a-z0-9-]{0,62}(\.[a-z0-9][a-z0-9-]{0,62}){1,3}"
VARIABLE: Final = r"[a-z][a-z0-9_]{0,63}"
FACT: Final = r"[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}"

Outcome = Literal["unsupported", "limited", "conditional", "advisory", "same"]


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return str(value)
    raise PydanticCustomError("text", "text")


def _flag(value: Any) -> bool:
    if isinstance(value, Plain) and value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("flag", "flag")


def _day(value: Any) -> datetime.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "day")


def _language(value: Any) -> int:
    if isinstance(value, str) and value == str(LANGUAGE_VERSION):
        return LANGUAGE_VERSION
    raise PydanticCustomError("language", "language")


def _version(value: str) -> str:
    if VERSION.fullmatch(value):
        return value
    raise PydanticCustomError("version", "version")


def _requirement(value: str) -> str:
    if parse_requirement(value) is not None:
        return value
    raise PydanticCustomError("requirement", "requirement")


def _one(value: dict[str, str]) -> dict[str, str]:
    if len(value) == 1:
        return value
    raise PydanticCustomError("one_variable", "one_variable")


def _grades(value: Any) -> Any:
    """One outcome word stands for a list of one."""
    return [{"outcome": value}] if isinstance(value, str) else value


def _name(pattern: str, kind: str) -> AfterValidator:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value):
            return value
        raise PydanticCustomError(kind, kind)

    return AfterValidator(check)


def _list(value: Any, inner: Any) -> Any:
    """A list; pydantic alone would take a tuple or a set for one."""
    if not isinstance(value, list):
        raise PydanticCustomError("list_type", "list")
    return inner(value)


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


_TEXT_SCHEMA: Final = _schema(type=["string", "number", "boolean"])

Text = Annotated[str, BeforeValidator(_text), _schema(type=["string", "number", "boolean"], minLength=1)]
Expression = Annotated[str, BeforeValidator(_text), _TEXT_SCHEMA]
"""Written without quotes, `true` and `2008` are expressions too."""
Flag = Annotated[bool, BeforeValidator(_flag), _schema(type="boolean")]
Day = Annotated[datetime.date, BeforeValidator(_day), _schema(type="string", format="date")]
Language = Annotated[int, BeforeValidator(_language), _schema(const=LANGUAGE_VERSION)]
Version = Annotated[Text, AfterValidator(_version), _schema(type=["string", "number"])]
RequirementText = Annotated[Text, AfterValidator(_requirement), _schema(type="string")]
PackName = Annotated[Text, _name(PACK_NAME, "pack_name"), _schema(type="string", pattern=f"^{PACK_NAME}$")]
RuleId = Annotated[Text, _name(RULE_ID, "rule_id"), _schema(type="string", pattern=f"^{RULE_ID}$")]
Fact = Annotated[Text, _name(FACT, "fact"), _schema(type="string", pattern=f"^{FACT}$")]
Variable = Annotated[Text, _name(VARIABLE, "variable"), _schema(type="string", pattern=f"^{VARIABLE}$")]
Word = Annotated[str, BeforeValidator(_text)]


class Shape(BaseModel):
    """What all parts have in common: no key beside those that are named."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class EffectiveShape(Shape):
    """`effective`: `from` inclusive, `until` exclusive, `last_seen` the last day the text is known to have stood."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    last_seen: Day | None = None


class CitationShape(Shape):
    """One entry of `cite`."""

    ref: Text
    section: Text = ""
    revision: Text = ""


class ExemptionShape(Shape):
    """One entry of `unless`; its condition stands under `if`."""

    condition: Expression = Field(alias="if")
    title: Text = ""
    effective: EffectiveShape | None = None
    cite: Annotated[list[CitationShape], WrapValidator(_list)]


class AlternativeShape(Shape):
    """One entry of a graded `otherwise`."""

    outcome: Annotated[Outcome, BeforeValidator(_text)]
    condition: Expression | None = Field(None, alias="if")
    message: Text | None = None
    remedies: Annotated[list[Text], WrapValidator(_list)] = []
    cite: Annotated[list[CitationShape], WrapValidator(_list)] = []
    refused: Flag | None = None


class DisputeShape(Shape):
    """One entry of `disputed`: another text, with a condition of its own."""

    ref: Text
    section: Text = ""
    revision: Text = ""
    require: Expression


Each = Annotated[dict[Variable, Expression], AfterValidator(_one), _schema(
    type="object", minProperties=1, maxProperties=1, additionalProperties={"type": "string"},
    propertyNames={"pattern": f"^{VARIABLE}$"},
)]  # fmt: skip


class _WordOrList:
    """Makes the generated schema allow one outcome word where the models hold a list of one."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"enum": list(get_args(Outcome))}, handler(core)]}


Grades = Annotated[list[AlternativeShape], WrapValidator(_list), BeforeValidator(_grades), _WordOrList]


class SayingShape(Shape):
    """What a rule says; a revision may say any of it anew."""

    title: Text | None = None
    when: Expression | None = None
    covers: Flag | None = None
    each: Each | None = None
    where: Expression | None = None
    require: Expression | None = None
    unless: Annotated[list[ExemptionShape], WrapValidator(_list)] | None = None
    otherwise: Grades | None = None
    refused: Flag | None = None
    message: Text | None = None
    remedies: Annotated[list[Text], WrapValidator(_list)] | None = None
    cite: Annotated[list[CitationShape], WrapValidator(_list)] | None = None
    disputed: Annotated[list[DisputeShape], WrapValidator(_list)] | None = None


class RevisionShape(SayingShape):
    """One entry of `revisions`: when it was in force, and what it says otherwise than the rule."""

    effective: EffectiveShape


class RuleShape(SayingShape):
    """One entry of `rules`."""

    id: RuleId
    title: Text
    subject: Text
    effective: EffectiveShape | None = None
    revisions: Annotated[list[RevisionShape], WrapValidator(_list)] = []
    notes: Text = ""
    tags: Annotated[list[Text], WrapValidator(_list)] = []


class ReadingShape(Shape):
    """One entry of `revisions` of a definition."""

    effective: EffectiveShape
    value: Expression | None = None
    cite: Annotated[list[CitationShape], WrapValidator(_list)] | None = None


class DerivationShape(Shape):
    """One entry of `derive`."""

    fact: Fact
    title: Text
    value: Expression | None = None
    type: Text | None = None
    effective: EffectiveShape | None = None
    cite: Annotated[list[CitationShape], WrapValidator(_list)] = []
    revisions: Annotated[list[ReadingShape], WrapValidator(_list)] = []


class TermShape(Shape):
    """One entry of `glossary`."""

    term: Text
    text: Text
    cite: Annotated[list[CitationShape], WrapValidator(_list)] = []


class RuleFileShape(Shape):
    """A file under rules/. Its entries are looked at one by one, so that one wrong entry hides no other."""

    rules: Annotated[list[Any], WrapValidator(_list)] = []
    derive: Annotated[list[Any], WrapValidator(_list)] = []


class HeadShape(RuleFileShape):
    """pack.yaml."""

    pack: PackName
    version: Version
    title: Text
    language: Language
    publisher: Text = ""
    description: Text = ""
    requires: Annotated[list[RequirementText], WrapValidator(_list)] = []
    glossary: Annotated[list[Any], WrapValidator(_list)] = []
