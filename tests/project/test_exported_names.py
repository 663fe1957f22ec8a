"""The public surface: what `supportable` exports is there, is all there is, and says what it is."""

from __future__ import annotations

import inspect

import supportable


def explained(name: str) -> bool:
    """Whether an exported name is documented where its reader will look."""
    value = getattr(supportable, name)
    if inspect.isclass(value):
        own = vars(value).get("__doc__") or ""
        # A dataclass without a docstring is given its signature for one.
        return bool(own) and not own.startswith(f"{value.__name__}(")
    if inspect.isroutine(value):
        return bool(value.__doc__)
    # Constants and aliases have no docstring at run time, so the package's must speak of them.
    return name in (supportable.__doc__ or "")


def test_every_exported_name_exists() -> None:
    assert [name for name in supportable.__all__ if not hasattr(supportable, name)] == []


def test_every_exported_name_is_documented() -> None:
    assert [name for name in supportable.__all__ if not explained(name)] == []


def test_no_name_is_exported_twice() -> None:
    assert sorted(supportable.__all__) == sorted(set(supportable.__all__))


def test_every_public_class_and_function_is_exported() -> None:
    for name in supportable.__all__:
        getattr(supportable, name)
    public = {
        name
        for name, value in vars(supportable).items()
        if not name.startswith("_") and (inspect.isclass(value) or inspect.isfunction(value))
    }
    assert public <= set(supportable.__all__)
