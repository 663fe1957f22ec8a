"""What a reader of a report can rely on."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from supportable.origin import Origin
from supportable.report import console_for, write_verdict
from supportable.report.signs import SIGNS, WORDS
from supportable.verdict.model import STATUS_ORDER, AssumedShown, Coverage, UnrecognisedShown
from tests.report.verdicts import ARTICLE, OF_STATUS, finding, flat, question, resting, subject, text, verdict


@pytest.mark.parametrize("status", STATUS_ORDER)
def test_the_headline_has_sign_word_design_and_day_and_beside_it_the_coverage(status: str) -> None:
    lines = text(verdict(status)).splitlines()
    assert lines[0] == f"{SIGNS[status]} {WORDS[status].upper()}  storage as of 2026-11-01"
    assert "  coverage   3 of 4 judged subjects covered; not covered: server/s9" in lines[:3]


def test_every_status_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(STATUS_ORDER) == set(OF_STATUS)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_an_undetermined_design_shows_both_bounds() -> None:
    assert text(verdict("undetermined")).splitlines()[1] == "  between    supported at best and unsupported at worst"


def test_coverage_tells_what_is_open() -> None:
    assert "1 of 4 judged subjects covered, 2 open; not covered: server/s9" in flat(
        verdict("undetermined", coverage=Coverage(1, 2, 4, ("server/s9",)))
    )


def test_actions_stand_before_the_subjects() -> None:
    lines = text(verdict("conditional", actions=("Mirror a1", "Mirror a2"))).splitlines()
    assert lines.index("What to do") < lines.index("  1. Mirror a1") < lines.index("Subjects, worst first")
    assert "  2. Mirror a2" in lines


def test_a_violation_says_what_where_by_which_text_and_what_to_do() -> None:
    found = finding("violated", offenders=("bay/b2",))
    assert text(verdict("unsupported", subject("unsupported", found))).splitlines()[3:15] == [
        "",
        "Subjects, worst first",
        "",
        "✗ unsupported  array/a1 (model 7)  d.yaml:2:5",
        "  ✗ a1 is not mirrored (unsupported)",
        "    offenders  bay/b2",
        "    do         Mirror a1",
        "    article    ACME-100 “Supported configurations”, section “Arrays”, edition first, only its",
        "               opening was read",
        "               https://support.acme.example/100",
        "    rule       acme.arrays/mirrored 1.0.0, from 2020-03-01",
        "",
    ]


def test_supported_always_names_the_article_that_states_it() -> None:
    report = text(verdict("supported"))
    assert "  ✓ support is stated: A mirrored array is supported  [ACME-100]" in report.splitlines()
    assert "    https://support.acme.example/100" in report.splitlines()


def test_every_article_stands_with_its_address_exactly_once() -> None:
    other = replace(ARTICLE, ref="ACME-200", url="https://support.acme.example/200")
    found = [
        finding("violated"),
        finding("violated", message="again"),
        finding("satisfied", citations=(ARTICLE, other)),
    ]
    report = text(verdict("unsupported", subject("unsupported", *found)))
    assert report.count("https://support.acme.example/100") == 1
    assert report.count("https://support.acme.example/200") == 1
    assert report.count("article    ACME-100") == 2


def test_an_open_finding_says_what_is_to_be_known() -> None:
    report = flat(verdict("undetermined"))
    assert "? A mirrored array is supported: open, it may be unsupported to know array/a1.mirrored" in report


def test_a_green_subject_on_a_red_one_says_so() -> None:
    green = subject("supported", finding("satisfied"), rests_on=resting("unsupported", "server/s1"))
    assert "✗ rests on server/s1: unsupported" in flat(verdict("supported", green))


def test_a_subject_on_unknown_ground_says_so() -> None:
    green = subject("supported", finding("satisfied"), rests_on=resting("undetermined"))
    assert "? rests on something that is not known: undetermined" in flat(verdict("supported", green))


def test_marks_are_said_in_words() -> None:
    found = finding("violated", refused=True, disputed=True, in_gap=True, waived_by=("In a museum",))
    report = flat(verdict("unsupported", subject("unsupported", found, disputed=True), disputed=True))
    for words in (
        "refused the product itself refuses this",
        "the texts cited here differ; the stricter was taken",
        "on a day not known; both wordings were tried",
        "waived In a museum",
        "disputed authoritative texts differ",
    ):
        assert words in report


def test_a_waived_requirement_is_named_even_where_satisfied_rules_are_folded() -> None:
    found = finding("satisfied", waived_by=("In a museum",))
    assert "waived A mirrored array is supported: In a museum" in flat(
        verdict("supported", subject("supported", found))
    )


def test_subjects_that_read_alike_share_a_paragraph_and_others_do_not() -> None:
    silent = [subject("not_covered", name=f"server/s{number}") for number in range(1, 4)]
    telling = subject("unsupported", finding("violated"))
    lines = text(verdict("unsupported", telling, *silent)).splitlines()
    assert "○ not covered  server/s1, server/s2, server/s3" in lines
    assert sum("server/s2" in line for line in lines) == 1


def test_each_answer_stands_with_what_it_leads_to() -> None:
    asking = subject("undetermined", finding("open"), missing=(question("supported"),))
    shown = verdict("undetermined", asking, missing=(question("conditional"),))
    lines = text(shown).splitlines()
    start = lines.index("To find out, most decisive first")
    assert lines[start + 1 : start + 4] == [
        "  1. Is it mirrored?  array/a1.mirrored",
        "     yes → the design conditional, array/a1 supported",
        "     no → the design unsupported, array/a1 unsupported",
    ]


def test_assumptions_say_how_to_say_otherwise() -> None:
    shown = verdict(
        "supported",
        assumed=(AssumedShown("server/s1.spare", False, "/servers/0/spare", "spare: <bool>", decides=True),),
    )
    assert "spare is no for server/s1 otherwise say spare: <bool>" in flat(shown)


def test_unrecognised_text_stands_with_the_nearest_names_and_its_place() -> None:
    one = UnrecognisedShown("/servers/0/os", "Solaris 10", ("Solaris 11",), Origin("d.yaml", 4, 9))
    assert "“Solaris 10”; nearest: “Solaris 11” d.yaml:4:9" in flat(verdict("undetermined", unrecognised=(one,)))


def test_advisories_stand_apart() -> None:
    advice = finding("violated", advisory=True, outcome="advisory", message="firmware 3 loses power")
    report = text(verdict("supported", advisories=(advice,))).splitlines()
    assert (
        "  array/a1  firmware 3 loses power  [ACME-100]" in report[report.index("Known problems and recommendations") :]
    )


def test_packs_stand_with_version_and_digest() -> None:
    assert "acme.arrays 1.0.0 (abababababab)" in flat(verdict("supported"))


def test_reasons_go_down_to_the_facts_and_their_places() -> None:
    lines = text(verdict("unsupported"), explain=True).splitlines()
    assert "    array.mirrored is false  acme/arrays/rules/mirrors.yaml:6:14" in lines
    assert "    └─ array/a1.mirrored = no  d.yaml:3:9" in lines


def test_without_explain_there_are_no_reasons() -> None:
    assert "└─" not in text(verdict("unsupported"))


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("status", STATUS_ORDER)
def test_no_line_is_longer_than_the_console_but_for_a_single_word(status: str, explain: bool, width: int) -> None:
    for line in text(verdict(status), width=width, explain=explain).splitlines():
        assert cell_len(line) <= width or len(line.split()) <= 2, line


def test_lines_end_without_blanks() -> None:
    report = text(verdict("unsupported"), explain=True)
    assert [line for line in report.splitlines() if line != line.rstrip()] == []


def test_there_is_no_escape_sequence_where_nobody_looks() -> None:
    assert "\x1b" not in text(verdict("unsupported"), explain=True)


def test_a_stream_that_cannot_say_our_signs_gets_others() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="strict", write_through=True)
    for status in STATUS_ORDER:
        write_verdict(console_for(stream, width=80), verdict(status), explain=True)
    report = raw.getvalue().decode("ascii")
    assert "x UNSUPPORTED  storage" in report
    assert "\\u" not in report


@pytest.mark.parametrize(
    "hostile", ["[bold]x[/bold]", "[/]", ":smile:", "\x1b[31mred", "a\nb", "\u202eabc", "]0;t\x07"]
)
def test_no_text_of_a_design_is_taken_for_anything_else(hostile: str) -> None:
    report = text(verdict("unsupported", design=hostile))
    shown = hostile if hostile.isprintable() else hostile.encode("unicode_escape").decode()
    assert f"  {shown} as of" in report.splitlines()[0]
    assert not any(char in report for char in "\x1b\x07\u202e")


@given(st.text(max_size=300), st.integers(min_value=20, max_value=200))
def test_any_message_can_be_shown_at_any_width(words: str, width: int) -> None:
    found = finding("violated", message=words or "x", remedies=(words,), offenders=(words,))
    report = text(verdict("unsupported", subject("unsupported", found)), width=width)
    assert "UNSUPPORTED" in report
