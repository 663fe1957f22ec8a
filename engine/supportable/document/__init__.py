"""Stage 0: YAML and JSON files as plain values that know their line and column.

Nothing is typed here. A scalar without quotes is `Plain`, one in quotes is `str`, null is None; whether `2008` is a
number, a release or a text is settled by the vocabulary or by the schema of a pack.
"""

from supportable.document.canonical import canonical_json
from supportable.document.limits import STANDARD_LIMITS, Limits
from supportable.document.source import read_bytes, read_file, read_line, read_stream, read_text
from supportable.document.values import Document, ForeignMark, Map, Mark, Plain, Seq, Value, pointer_steps
from supportable.document.yaml_writer import dump_yaml

__all__ = [
    "STANDARD_LIMITS",
    "Document",
    "ForeignMark",
    "Limits",
    "Map",
    "Mark",
    "Plain",
    "Seq",
    "Value",
    "canonical_json",
    "dump_yaml",
    "pointer_steps",
    "read_bytes",
    "read_file",
    "read_line",
    "read_stream",
    "read_text",
]
