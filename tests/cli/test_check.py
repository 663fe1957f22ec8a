"""`supportable check`: answers, formats, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from supportable.cli.exits import OF_STATUS, worst
from supportable.verdict.model import STATUS_ORDER
from supportable.verdict.schema import verdict_schema
from tests.cli.runs import EXAMPLES, supportable
from tests.packs.acme import ARRAYS, SHARED, shelf

GOOD = "arrays: [{id: a1, mirrored: true}]\n"
BAD = "arrays: [{id: a1, mirrored: false}]\n"
HALF = "arrays: [{id: a1}]\n"


@pytest.fixture
def field(tmp_path: Path) -> Path:
    """A folder with a shelf `shelf` and a design of each kind in `designs`."""
    shelf(tmp_path / "shelf", SHARED, ARRAYS)
    designs = tmp_path / "designs"
    designs.mkdir()
    for name, text in (("good", GOOD), ("bad", BAD), ("half", HALF), ("silent", "arrays: []\n")):
        (designs / f"{name}.yaml").write_text(f"design: {name}\n{text}")
    return tmp_path


ACME = ("--shelf", "shelf", "--not-installed", "--as-of", "2026-01-01")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good"], 0),
        (["bad"], 1),
        (["half"], 2),
        (["silent"], 2),
        (["good", "half"], 2),
        (["half", "bad"], 1),
        (["good", "bad", "missing"], 3),
    ],
)
def test_the_exit_code_is_that_of_the_worst_design(field: Path, names: list[str], code: int) -> None:
    run = supportable("check", *(f"designs/{name}.yaml" for name in names), *ACME, cwd=field)
    assert run.code == code, run.err


def test_every_status_has_an_exit_code_and_the_order_is_as_documented() -> None:
    assert set(OF_STATUS) == set(STATUS_ORDER)
    assert [worst([0, 2]), worst([2, 1]), worst([1, 3, 2]), worst([])] == [2, 1, 3, 0]


def test_text_names_status_coverage_and_reason(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", *ACME, cwd=field)
    lines = run.out.splitlines()
    assert lines[0] == "✗ UNSUPPORTED  bad as of 2026-01-01"
    assert lines[1] == "  coverage   1 of 1 judged subjects covered"
    assert "  ✗ a1 is not mirrored (unsupported)" in lines
    assert run.err == ""


def test_several_designs_are_counted_at_the_end(field: Path) -> None:
    run = supportable("check", "designs", *ACME, cwd=field)
    assert run.out.splitlines()[-1] == "4 designs: 1 not covered, 1 supported, 1 undetermined, 1 unsupported"


def test_json_is_one_line_a_design_in_the_order_given_and_fits_the_schema(field: Path) -> None:
    run = supportable("check", "designs/half.yaml", "designs/bad.yaml", "--format", "json", *ACME, cwd=field)
    verdicts = [json.loads(line) for line in run.out.splitlines()]
    assert [verdict["design"] for verdict in verdicts] == ["half", "bad"]
    for verdict in verdicts:
        jsonschema.Draft202012Validator(verdict_schema()).validate(verdict)


def test_the_same_design_gives_the_same_bytes_from_stdin_yaml_and_json(field: Path) -> None:
    plain = json.dumps({"design": "bad", "arrays": [{"mirrored": False, "id": "a1"}]})
    texts = [
        supportable("check", "-", "--format", "json", *ACME, stdin=text, cwd=field).out
        for text in ("design: bad\n" + BAD, plain)
    ]
    digests = {json.loads(text)["digest"] for text in texts}
    assert len(digests) == 1
    assert json.loads(texts[0])["subjects"][0]["at"]["file"] == "<stdin>"


def test_a_design_that_is_wrong_does_not_keep_the_others_from_being_judged(field: Path) -> None:
    (field / "designs" / "bad.yaml").write_text("arrays: [{id: a1, mirored: true}]\n")
    run = supportable("check", "designs", "--format", "json", *ACME, cwd=field)
    assert run.code == 3
    lines = [json.loads(line) for line in run.out.splitlines()]
    assert [line["design"] for line in lines] == ["designs/bad.yaml", "good", "half", "silent"]
    assert lines[0]["problems"] == [
        {
            "code": "SUP520", "column": 19, "file": "designs/bad.yaml", "hint": "did you mean “mirrored”?", "line": 1,
            "message": lines[0]["problems"][0]["message"], "move": "caller",
        }
    ]  # fmt: skip
    assert run.err.startswith("designs/bad.yaml:1:19: SUP520 ")
    assert run.err.splitlines()[1] == "    did you mean “mirrored”?"


def test_lenient_takes_unknown_attributes_for_warnings(field: Path) -> None:
    (field / "d.yaml").write_text("arrays: [{id: a1, mirrored: true, colour: red}]\n")
    run = supportable("check", "d.yaml", "--lenient", *ACME, cwd=field)
    assert run.code == 0
    assert "colour" in run.out[run.out.index("Warnings") :]


def test_an_answer_may_go_to_a_file(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", "-o", "out.txt", *ACME, cwd=field)
    assert (run.code, run.out) == (1, "")
    assert (field / "out.txt").read_text().startswith("✗ UNSUPPORTED  bad")
    assert [path.name for path in field.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_is_told(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", "-o", "no/such/out.txt", *ACME, cwd=field)
    assert run.code == 3
    assert "SUP704" in run.err


def test_explain_shows_the_facts_with_their_places(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", "--explain", *ACME, cwd=field)
    assert "array/a1.mirrored = no  designs/bad.yaml:2:29" in run.out


def test_a_pack_may_be_chosen_by_name_or_folder(field: Path) -> None:
    packs = [
        json.loads(supportable("check", "designs/bad.yaml", "--format", "json", "--pack", pack, *ACME, cwd=field).out)[
            "packs"
        ]
        for pack in ("acme.arrays", "shelf/acme/arrays")
    ]
    assert [[one["pack"] for one in each] for each in packs] == [["acme.arrays"], ["acme.arrays"]]


def test_a_pack_that_is_not_there_is_told_with_the_nearest_also_as_json(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", "--format", "json", "--pack", "acme.array", *ACME, cwd=field)
    assert run.code == 3
    (problem,) = json.loads(run.out)["problems"]
    assert (problem["code"], problem["hint"]) == ("SUP710", "did you mean “acme.arrays”?")


def test_a_broken_pack_is_never_passed_over_in_silence(field: Path) -> None:
    (field / "shelf" / "acme" / "arrays" / "rules" / "second.yaml").write_text("rules: [{id: x}]\n")
    run = supportable("check", "designs/good.yaml", *ACME, cwd=field)
    assert run.code == 3
    assert "acme/arrays/rules/second.yaml:1:9: SUP302" in run.err
    assert run.out.startswith("○ NOT COVERED")


@pytest.mark.parametrize("reading", ["reference", "compiled"])
def test_each_reading_gives_the_same_answer(reading: str) -> None:
    design = EXAMPLES / "sql-guest-cluster.yaml"
    run = supportable("check", design, "--as-of", "2009-05-01", "--reading", reading, "--format", "json")
    verdict = json.loads(run.out)
    assert (run.code, verdict["status"], verdict.pop("engine")["reading"]) == (1, "unsupported", reading)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], "SUP700"),
        (["chek", "x"], "SUP700"),
        (["check", "x", "--as-off", "2009-01-01"], "SUP700"),
        (["check", "designs/good.yaml", "--format", "xml"], "SUP700"),
        (["check", "designs/good.yaml", "--as-of", "2009-13-01"], "SUP703"),
        (["check", "designs/good.yaml", "--as-of", "20090101"], "SUP703"),
        (["check", "designs/good.yaml", "--reading", "tarot", *ACME], "SUP702"),
        (["check", "empty"], "SUP701"),
        (["check", "nosuch.yaml", *ACME], "SUP100"),
        (["explain", "SUP998"], "SUP705"),
    ],
)
def test_what_is_asked_for_in_vain_ends_with_3_and_a_code(field: Path, arguments: list[str], code: str) -> None:
    (field / "empty").mkdir()
    run = supportable(*arguments, cwd=field)
    assert (run.code, code in run.err, "Traceback" in run.err) == (3, True, False), run.err


def test_colour_goes_where_it_is_asked_for_and_no_color_wins(field: Path) -> None:
    forced = supportable("check", "designs/bad.yaml", *ACME, cwd=field, FORCE_COLOR="1", TERM="xterm-256color").out
    assert "\x1b[1;31m" in forced
    plain = supportable(
        "check", "designs/bad.yaml", *ACME, cwd=field, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color"
    ).out
    assert "\x1b[31m" not in plain
    assert "[1;31m" not in plain
    assert "\x1b" not in supportable("check", "designs/bad.yaml", *ACME, cwd=field).out


def test_a_poor_encoding_gets_plain_signs(field: Path) -> None:
    run = supportable("check", "designs/bad.yaml", *ACME, cwd=field, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert run.code == 1
    assert run.out.isascii()
    assert run.out.startswith("x UNSUPPORTED")


def test_a_reader_who_goes_away_is_no_error_of_ours(field: Path) -> None:
    arguments = ["check", "designs", "--explain", *ACME]
    program = f"import sys; from supportable.cli import main; sys.argv[1:] = {arguments!r}; main()"
    for count in range(60):
        (field / "designs" / f"more{count}.yaml").write_text(BAD)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=field, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()
        assert (process.wait(timeout=60), told) == (141, b"")


def test_a_file_name_cannot_steer_the_terminal(field: Path) -> None:
    (field / "\x1b[31mred.yaml").write_text("arrays: 7\n")
    run = supportable("check", "\x1b[31mred.yaml", *ACME, cwd=field)
    assert run.code == 3
    assert "\x1b" not in run.err + run.out


def test_help_answers_without_loading_what_judges() -> None:
    program = (
        "import sys; from supportable.cli.edge import run; code = run(['--help']);"
        "sys.exit(code or any(name in sys.modules for name in ('lark', 'pydantic')))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    assert "check" in run.stdout


def test_a_design_that_is_not_judged_in_its_time_is_refused(field: Path) -> None:
    many = ", ".join(f"{{id: a{number}, mirrored: true}}" for number in range(3_000))
    (field / "designs" / "vast.yaml").write_text(f"design: vast\narrays: [{many}]\n")
    run = supportable("check", "designs/vast.yaml", *ACME, "--deadline", "0.001", cwd=field)
    assert (run.code, "SUP601" in run.err + run.out) == (3, True)
    assert supportable("check", "designs/vast.yaml", *ACME, "--deadline", "60", cwd=field).code == 0
