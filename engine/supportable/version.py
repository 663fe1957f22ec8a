"""The version of this software; the build reads it from here, and nowhere else is it written."""

from __future__ import annotations

__version__ = "0.1.0"
