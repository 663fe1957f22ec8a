"""Canonical JSON: one value, one sequence of bytes, so that digests and signatures can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

_TEXT: Final = frozenset({str})
_PLAIN: Final = frozenset({str, int, bool, type(None)})


def canonical_json(value: object) -> bytes:
    """`value` as UTF-8 JSON with keys in order of code points and no white space.

    Made of dict with text keys, list, tuple, str, int, bool and None. Raises TypeError for anything else, floats
    above all, as their spelling is not settled; ValueError for a value inside itself or half a surrogate pair.
    """
    # Written first: the encoder finds a value that contains itself, over which the walk would never end.
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            for key in () if _TEXT.issuperset(map(type, each)) else each:
                if not isinstance(key, str):
                    raise TypeError(f"keys are text in canonical JSON, not {type(key).__name__}: {key!r}")
            held: Iterable[object] = each.values()
        elif isinstance(each, (list, tuple)):
            held = each
        elif not isinstance(each, (str, int)) and each is not None:
            raise TypeError(f"no canonical JSON for {type(each).__name__}: {each!r}")
        else:
            continue
        # Most of a verdict is text: what is plain by its very type is looked at no further.
        waiting += [one for one in held if type(one) not in _PLAIN]
    return text.encode()
