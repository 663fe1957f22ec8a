"""What a reader of the page can rely on, whoever reads it and whatever the names are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.report.html import html_of
from supportable.report.model import Judged, Report
from supportable.report.signs import SIGNS, WORDS
from supportable.verdict.model import STATUS_ORDER, Coverage
from tests.report.documents import HOSTILE, PROBLEM, REFUSED, named, report, timeline
from tests.report.verdicts import ARTICLE, finding, question, resting, subject, verdict

STYLE = files("supportable.report.html").joinpath("style.css").read_text(encoding="utf-8")


class Seen(HTMLParser):
    """What a browser would make of the page: elements, texts, and what stands in what."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.captions = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in ("meta", "br", "link", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def full() -> Report:
    """A report that has every part a page can have."""
    one = verdict(
        "undetermined",
        subject("undetermined", finding("open"), rests_on=resting("limited", "server/s1")),
        subject("supported", finding("satisfied"), name="array/a2"),
        missing=(question("supported"),),
        disputed=True,
    )
    again = Judged("f.yaml", one, timeline())
    return Report((Judged("d.yaml", one, timeline()), again, *named("x").designs, REFUSED), (PROBLEM,))


@pytest.mark.parametrize("status", STATUS_ORDER)
def test_the_status_stands_as_sign_and_word_with_the_coverage_in_the_same_box(status: str) -> None:
    page = html_of(report(verdict(status)))
    box = page[page.index('<div class="verdict') :].split("<section", 1)[0]
    words = Seen(box.rsplit("</div>", 1)[0] + "</div>").text
    assert f"{SIGNS[status]} {WORDS[status]}" in words
    assert "3 of 4 judged subjects covered ; not covered: server/s9" in words
    assert "as of 2026-11-01" in words


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    seen = Seen(html_of(full()))
    assert not {"script", "link", "iframe", "img", "object", "embed", "form", "base"} & set(seen.tags)
    assert [
        name for _, name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcset", "action")
    ] == []
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    (policy,) = [value for value in seen.values("content") if "default-src" in value]
    assert policy.startswith("default-src 'none'")


def test_every_link_within_the_page_has_its_place_and_no_place_is_there_twice() -> None:
    seen = Seen(html_of(full()))
    places = seen.values("id")
    assert [place for place, count in Counter(places).items() if count > 1] == []
    within = [link for link in seen.values("href") if link.startswith("#")]
    assert within
    assert {link.removeprefix("#") for link in within} <= set(places)


def test_headings_form_one_tree_and_every_table_has_a_caption() -> None:
    seen = Seen(html_of(full()))
    levels = [int(heading[1]) for heading in seen.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert seen.tags["caption"] == seen.tags["table"] > 0
    assert seen.tags["main"] == seen.tags["header"] == seen.tags["footer"] == seen.tags["nav"] == 1
    assert seen.values("lang") == ["en"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_makes_no_element_and_turns_no_text(name: str) -> None:
    page = html_of(named(name))
    assert Seen(page).tags == Seen(html_of(named("harmless"))).tags
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    page.encode()


@settings(max_examples=40)
@given(st.text())
def test_no_name_whatever_changes_what_the_page_is_made_of(name: str) -> None:
    seen = Seen(html_of(report(verdict("supported", design=f"x{name}"))))
    plain = Seen(html_of(report(verdict("supported", design="x"))))
    assert seen.tags == plain.tags


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://a b", 'http://"x']
)
def test_what_is_no_web_address_becomes_no_link(url: str) -> None:
    found = finding("violated", citations=(replace(ARTICLE, url=url),))
    seen = Seen(html_of(report(verdict("unsupported", subject("unsupported", found)))))
    assert url not in seen.values("href")
    assert " ".join(url.split()) in seen.text


def test_a_violation_says_what_by_which_text_what_to_do_and_why() -> None:
    words = Seen(html_of(report(verdict("unsupported")))).text
    for part in (
        "a1 is not mirrored",
        "Mirror a1",
        "section “Arrays”, edition first, only its opening was read",
        "acme.arrays/mirrored 1.0.0, from 2020-03-01",
        "array.mirrored is false",
        "array/a1.mirrored = no",
        "d.yaml:3:9",
    ):
        assert part in words


def test_proofs_are_folded_until_somebody_asks_for_them() -> None:
    folded, unfolded = (Seen(html_of(report(verdict("unsupported")), explain=explain)) for explain in (False, True))
    assert ("details", "open", "") not in folded.attributes
    assert ("details", "open", "") in unfolded.attributes
    assert folded.text == unfolded.text


def test_a_question_shows_what_each_answer_leads_to() -> None:
    words = Seen(html_of(report(verdict("undetermined", missing=(question("supported"),))))).text
    assert "Is it mirrored? array/a1.mirrored yes → the design ✓ supported no → the design ✗ unsupported" in words


def test_a_subject_that_rests_on_something_worse_says_so() -> None:
    one = subject("supported", finding("satisfied"), rests_on=resting("unsupported", "server/s1"))
    assert "Rests on server/s1 : unsupported." in Seen(html_of(report(verdict("supported", one)))).text


def test_several_designs_begin_with_a_list_of_all_each_with_its_coverage() -> None:
    several = Report((*report(verdict("supported"), verdict("limited", design="other")).designs, REFUSED))
    page = html_of(several)
    nav = Seen(page[page.index("<nav") : page.index("</nav>") + 6])
    assert nav.tags["tr"] == 4
    assert nav.text.count("3 of 4 judged subjects covered") == 2
    assert "⊘ not judged" in nav.text


def test_what_could_not_be_judged_or_loaded_is_told_with_code_place_and_hint() -> None:
    words = Seen(html_of(Report((REFUSED,), (PROBLEM,)))).text
    assert "Some packs did not load" in words
    assert words.count("SUP510 the attribute “oss” is not known did you mean “os”? e.yaml:7:3") == 2


def test_a_timeline_is_drawn_and_said_in_words() -> None:
    page = html_of(Report((Judged("d.yaml", verdict("unsupported"), timeline()),)))
    seen = Seen(page)
    assert ("svg", "role", "img") in seen.attributes
    assert seen.values("class").count("bar unsupported") == 2
    assert "2020-03-01 to 2023-05-31: supported" in seen.text
    assert (
        "array/a1 : A mirrored array is supported: satisfied → violated (unsupported) [ ACME-100 first ]" in seen.text
    )


def test_an_empty_meter_is_no_bar() -> None:
    page = html_of(report(verdict("supported", coverage=Coverage(1, 0, 1, ()))))
    assert page.count('<span class="covered"') == 1
    assert '<span class="none"' not in page


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    parts = [int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground_by_the_contrast_that_accessibility_asks_for(theme: int) -> None:
    themes = re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", themes[theme]))
    pairs = [
        ("ink", "paper"),
        ("ink", "ground"),
        ("soft", "paper"),
        ("soft", "ground"),
        ("link", "paper"),
        ("ink", "code"),
    ]
    pairs += [(status, f"{status}-ground") for status in STATUS_ORDER] + [(status, "paper") for status in STATUS_ORDER]
    weak = []
    for words, ground in pairs:
        lighter, darker = sorted((luminance(colours[words]), luminance(colours[ground])), reverse=True)
        if (lighter + 0.05) / (darker + 0.05) < 4.5:
            weak.append((words, ground))
    assert weak == []
