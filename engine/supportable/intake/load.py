"""From a file, a document or plain Python values to facts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from supportable.document import Document, read_file
from supportable.errors import DesignError, Problem
from supportable.facts import Facts
from supportable.intake import codes
from supportable.intake.faults import Faults, shown
from supportable.intake.formats_merged import merged
from supportable.intake.layout import DESIGN, layout_of
from supportable.intake.limits import DESIGN_LIMITS, DesignLimits
from supportable.intake.links import link
from supportable.intake.rows import Rows
from supportable.intake.values import RESERVED, TEXTS, bad_character
from supportable.vocabulary.model import Vocabulary

UNNAMED = "design"
"""What a design is called that does not say its name."""


def load_design(
    source: str | Path | Document | dict[str, Any] | Sequence[str | Path | Document],
    vocabulary: Vocabulary,
    *,
    lenient: bool = False,
    limits: DesignLimits = DESIGN_LIMITS,
    evidence_root: Path | None = None,
) -> Facts:
    """The facts of a design.

    `source` is the path of a YAML, JSON or TOML file, a document that was read before, or the same structure as Python
    values: dicts, lists, str, int, bool, float where a number is due, and None. A list of paths and documents are the
    parts of one design. With `lenient`, sections and attributes that the vocabulary does not have are warnings instead
    of problems.

    The validation reports that a document names (`validation: {report: path}`) are read only with an `evidence_root`,
    the folder that their paths begin from and may not leave; else a path is a text like any other, as it has to be for
    a design that came over a network. What was not understood in a report stands among the warnings.

    Raises DocumentError for a file that cannot be read, and DesignError, with every problem there is, for a design that
    does not fit the vocabulary or its evidence.
    """
    if isinstance(source, (str, Path)):
        source = read_file(source, limits=limits.document)
    elif isinstance(source, (list, tuple)):
        parts = [each if isinstance(each, Document) else read_file(each, limits=limits.document) for each in source]
        if not parts:
            raise DesignError([Problem(codes.NOT_A_DESIGN, "a design of no files", hint="name at least one")])
        source = merged(parts, vocabulary)
    notes: tuple[Problem, ...] = ()
    if evidence_root is not None and isinstance(source, Document):
        # Most designs name no report, and what reads them is not free to load.
        from supportable.evidence import attach_reports  # noqa: PLC0415

        source, notes = attach_reports(source, evidence_root)
    document = source if isinstance(source, Document) else None
    root: Any = source.root if isinstance(source, Document) else source
    faults = Faults(document)
    if not isinstance(root, dict):
        what = f"a design must be a map of its sections, not {shown(root)}"
        raise DesignError([Problem(codes.NOT_A_DESIGN, what, faults.origin(""), "begin with “machines:”, or the like")])
    layout = layout_of(vocabulary)
    name = _name(root.get(DESIGN), faults, limits)
    rows = Rows(layout, faults, limits, lenient=lenient)
    rows.read(root, name)
    faults.close()
    link(layout, rows.rows)
    return Facts(
        vocabulary=vocabulary,
        name=name,
        tables=rows.tables(),
        unrecognised=tuple(rows.values.unrecognised),
        warnings=(*faults.warnings, *map(str, notes)),
        document=document,
        source=root,
    )


def _name(raw: Any, faults: Faults, limits: DesignLimits) -> str:
    if raw is None:
        return UNNAMED
    if raw.__class__ not in TEXTS:
        hint = "" if isinstance(raw, (dict, list)) else f"put it in quotes: '{raw}'"
        faults.note(codes.BAD_NAME, f"the name of a design must be a text, not {shown(raw)}", f"/{DESIGN}", hint)
    elif not raw.strip() or raw in RESERVED:
        faults.note(codes.BAD_NAME, f"{shown(raw)} cannot be the name of a design", f"/{DESIGN}", "choose another name")
    elif len(raw) > limits.max_id:
        most = f"at most {limits.max_id}"
        faults.note(codes.BAD_NAME, f"a name of {len(raw):,} characters for the design; {most}", f"/{DESIGN}")
    elif bad := bad_character(raw):
        message = f"the character U+{ord(bad):04X} cannot be part of a design's name"
        faults.note(codes.BAD_NAME, message, f"/{DESIGN}", "delete it")
    else:
        return str(raw)
    return UNNAMED
