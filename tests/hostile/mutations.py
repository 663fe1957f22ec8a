"""Documents made worse on purpose: small changes to real ones, which get further in than noise does."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from supportable.document import Plain

Place = tuple[Any, Any]
"""A container and the key or index in it."""

ODD: tuple[Any, ...] = (
    *(None, "", " ", "none", "unknown", "...", "~", "0", "9999-12-31", "never", "1.0.0", "a/b", "~1", "%s{}", ".."),
    *(
        Plain(text)
        for text in ("0", "-1", "1e400", "99999999999999999999", "true", "no", "NaN", "2009-02-30", "0000-00-00")
    ),
    *(
        "\u202e",
        "é",
        "\U0001f600",
        "(" * 70,
        "!" * 200,
        "a" * 5000,
        "{{",
        "{{ design }}",
        "__class__",
        "../../etc/passwd",
    ),
    *(
        [],
        [None],
        [[]],
        {},
        {"": None},
        {"id": "x"},
        [{"id": "x"}, {"id": "x"}],
        ["..."],
        [["..."]],
        {"from": "9999-12-31"},
    ),
)
"""What a careless or hostile author writes where something else is due."""


def mutated(value: Any, rng: Random, donors: list[Any], *, times: int = 3) -> Any:
    """A copy of `value` with up to `times` changes: something left out, doubled, moved, renamed or put in its place.

    `donors` are values to take from: other documents of the kind. The root stays a map or list unless replaced whole.
    """
    root = [copy.deepcopy(value)]
    for _ in range(rng.randint(1, times)):
        places = list(_places(root))
        if not places:
            return root[0]
        holder, key = rng.choice(places)
        _CHANGES[rng.randrange(len(_CHANGES))](holder, key, rng, donors)
        if not root:
            return None
    return root[0]


def _places(held: Any) -> list[Place]:
    found: list[Place] = []
    waiting = [held]
    while waiting:
        current = waiting.pop()
        keys = list(current) if isinstance(current, dict) else range(len(current))
        for key in keys:
            found.append((current, key))
            if isinstance(current[key], (dict, list)):
                waiting.append(current[key])
    return found


def _delete(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    del holder[key]


def _odd(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    holder[key] = copy.deepcopy(rng.choice(ODD))


def _graft(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    places = _places([rng.choice(donors)])
    from_holder, from_key = rng.choice(places)
    holder[key] = copy.deepcopy(from_holder[from_key])


def _double(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    if isinstance(holder, list):
        holder.insert(rng.randint(0, len(holder)), copy.deepcopy(holder[key]))
    else:
        holder[f"{key}x"] = copy.deepcopy(holder[key])


def _rename(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    if isinstance(holder, dict):
        others = [
            other for other, _ in ((k, 0) for container, k in _places([rng.choice(donors)])) if isinstance(other, str)
        ]
        holder[rng.choice(others) if others else "x"] = holder.pop(key)


def _nest(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    for _ in range(rng.choice((1, 2, 60, 70))):
        holder[key] = [holder[key]] if rng.random() < 0.5 else {"a": holder[key]}


def _many(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    if isinstance(holder[key], list) and holder[key]:
        holder[key] = (holder[key] * 60)[:600]


def _text(holder: Any, key: Any, rng: Random, donors: list[Any]) -> None:
    """A text with a piece cut out, doubled, or put in from elsewhere: mostly expressions that are nearly right."""
    held = holder[key]
    if isinstance(held, str) and held:
        start = rng.randrange(len(held))
        end = min(len(held), start + rng.randint(0, 12))
        piece = rng.choice(("", held[start:end] * 2, *_PIECES))
        kind = Plain if isinstance(held, Plain) else str
        holder[key] = kind(held[:start] + piece + held[end:])


_PIECES = (
    *(
        "(",
        ")",
        " && ",
        "!",
        " == none",
        ".all(x, x)",
        "[",
        "{{",
        "1",
        " - ",
        " div 0",
        "\n",
        "size(",
        " < ",
        "design.",
    ),
    *('lookup("lifecycle", ', ".where(z, true)", "999999999999999999999", "\0", "\ud800"),
)

_CHANGES = (_delete, _odd, _graft, _graft, _double, _rename, _nest, _many, _text, _text, _text)
