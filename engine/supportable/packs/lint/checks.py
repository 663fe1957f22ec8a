"""What each code of the linter means, why it is asked, and how a pack looks before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from supportable.packs.lint import codes


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of finding. `bad` and `good` are pieces of a pack in YAML, "" where there is nothing to write."""

    code: str
    title: str
    why: str
    bad: str
    good: str


CHECKS: Final = (
    Check(
        codes.WHEN_NEVER_HOLDS,
        "“when” can never hold",
        "Two of its conditions contradict one another, so that the rule judges nothing, in silence.",
        'when: server.role == "file" && server.role == "database"',
        'when: server.role in ["file", "database"]',
    ),
    Check(
        codes.REQUIREMENT_CANNOT_FAIL,
        "The requirement cannot fail where “when” holds",
        "What “when” has asked already, “require” need not ask again. As it stands the rule can never be violated.",
        'when: server.role == "file"\nrequire: server.role in ["file", "other"]',
        'when: server.role == "file"\nrequire: server.memory >= 64',
    ),
    Check(
        codes.EXCEPTION_NEVER_HOLDS,
        "An exception can never hold",
        "It contradicts “when”, so that it waives nothing, although its article is there to be cited.",
        'when: server.role == "file"\nunless:\n  - {if: server.role != "file", cite: [{ref: ACME-200}]}',
        'when: server.role == "file"\nunless:\n  - {if: server.spare, cite: [{ref: ACME-200}]}',
    ),
    Check(
        codes.OUTCOME_NEVER_REACHED,
        "An outcome is never reached",
        "Its condition contradicts “when”, or an entry before it has taken all there is.",
        "otherwise:\n  - {if: server.spare, outcome: limited}\n  - {if: server.spare, outcome: unsupported}\n"
        "  - {outcome: conditional}",
        "otherwise:\n  - {if: server.spare, outcome: limited}\n  - {outcome: conditional}",
    ),
    Check(
        codes.BARE_ALL,
        "An “all” is the whole requirement",
        "“each” asks the same, names the members that fail, and does not apply where there are none.",
        "require: array.servers.all(s, s.memory >= 64)",
        "each: {s: array.servers}\nrequire: s.memory >= 64",
    ),
    Check(
        codes.VACUOUS_ALL,
        "A list without members makes the requirement hold",
        "“all” and “same” hold of an empty list. Where nothing else asks for members, what was left out passes for "
        "what is in order: validation without a single test would be a success.",
        'when: array.mirrored\nrequire: array.bays.all(b, b.state == "filled") && array.model == "A7"',
        'when: array.mirrored\nrequire: >-\n  size(array.bays) > 0 && array.bays.all(b, b.state == "filled")'
        ' && array.model == "A7"',
    ),
    Check(
        codes.NEGATED_ORDERING,
        "An ordering is negated",
        "A release on another ladder, and “none”, are neither less nor more: the ordering is false, and its negation "
        "lets through what cannot be compared.",
        'require: "!(server.os < \\"Acme OS 2.0\\")"',
        'require: server.os >= "Acme OS 2.0"',
    ),
    Check(
        codes.SAME_CONDITION_TWICE,
        "A condition stands there twice",
        "Most often one of the two was meant to be another.",
        "when: server.spare && server.spare",
        "when: server.spare",
    ),
    Check(
        codes.NOTHING_STATES_SUPPORT,
        "Nothing states support for what the pack judges",
        "Silence is never “supported”: without a rule that states support, here or in another pack, every subject of "
        "this type stays “not covered”, whatever prohibitions it keeps.",
        "subject: array\nrequire: array.mirrored",
        "subject: array\ncovers: true\nrequire: array.mirrored",
    ),
    Check(
        codes.UNUSED_ARTICLE,
        "An article is cited nowhere",
        "Either a rule is missing that it asks for, or it need not be there. Asked when all packs are looked at.",
        "",
        "",
    ),
    Check(
        codes.UNUSED_DEFINITION,
        "A definition is used nowhere",
        "Either a rule forgot it, or it need not be there.",
        "",
        "",
    ),
    Check(
        codes.UNUSED_PACK,
        "A required pack is not used",
        "It would be judged along, and would have to be installed, for nothing.",
        "",
        "",
    ),
    Check(
        codes.DAYS_WITHOUT_TEXT,
        "Between two revisions there are days without a text",
        "On those days the rule is not in force. If the policy stood until the next text, “until” is too much; if the "
        "day of the change is not known, say until when the text was seen.",
        "revisions:\n  - effective: {until: 2020-01-01}\n    require: server.memory >= 32\n"
        "  - effective: {from: 2021-01-01}",
        "revisions:\n  - effective: {last_seen: 2020-01-01}\n    require: server.memory >= 32\n"
        "  - effective: {from: 2021-01-01}",
    ),
    Check(
        codes.REVISION_CHANGES_NOTHING,
        "A revision says what the one before it says",
        "A reader will look for the change. If only the article was edited, cite the other edition.",
        "revisions:\n  - effective: {until: 2020-01-01}\n  - effective: {from: 2020-01-01}",
        "effective: {from: 2019-01-01}",
    ),
    Check(
        codes.NOTHING_CITED,
        "A dated definition or a term cites nothing",
        "When something changed is a statement of the publisher's, and so is what a word means. "
        "(A rule or an exception without a citation does not load at all.)",
        "- term: bay\n  text: A place for one disk.",
        "- term: bay\n  text: A place for one disk.\n  cite: [{ref: ACME-200}]",
    ),
    Check(
        codes.MESSAGE_NAMES_NOBODY,
        "The message does not name who is concerned",
        "In a verdict on three hundred machines, “too little memory” helps nobody. With “each”, name the member.",
        "each: {s: array.servers}\nmessage: A server has too little memory",
        'each: {s: array.servers}\nmessage: "{{ s.id }} has {{ s.memory }}"',
    ),
    Check(
        codes.SAME_RULE_TITLE,
        "Two rules of a pack have one title",
        "A satisfied rule shows nothing but its title: two of the same cannot be told apart.",
        "",
        "",
    ),
    Check(
        codes.NO_QUESTION,
        "A fact that a rule uses has no question",
        "An open finding asks for what would decide it, in the words of the vocabulary.",
        "memory: int",
        'memory: {int, ask: "How much memory does the server have?"}',
    ),
)
"""All kinds of findings, in order of code."""

BY_CODE: Final = {check.code: check for check in CHECKS}
