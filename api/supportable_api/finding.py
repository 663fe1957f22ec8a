"""What a path names and is not there: 404, where the engine speaks of a wrong request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from supportable.errors import UsageError
from supportable_api.auth import Refused


@contextmanager
def there() -> Iterator[None]:
    """Inside, whatever is asked for and missing is answered with 404 and the engine's own code and hint."""
    try:
        yield
    except UsageError as error:
        raise Refused(404, error.problems[0]) from None
