"""What all tests have in common.

What needs durable-rules is left out where that is not installed, unless the run says that it must be there. And no
property fails because a machine is slow: how long something takes is no law.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from supportable.errors import UsageError
from supportable.readings import require

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def _asks_for_durable(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    named = given is not None and "durable" in (given.params.get("reading"), given.params.get("second"))
    return named or item.get_closest_marker("durable") is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail where SUPPORTABLE_REQUIRE_DURABLE is set: a check that was not made must not pass for one."""
    if not _asks_for_durable(item):
        return
    try:
        require("durable")
    except UsageError as error:
        if os.environ.get("SUPPORTABLE_REQUIRE_DURABLE"):
            pytest.fail(f"durable-rules is required in this run: {error}")
        pytest.skip(str(error.problems[0]))
