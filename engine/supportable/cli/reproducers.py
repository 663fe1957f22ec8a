"""Files that hold all it takes to look into a disagreement between readings."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from supportable.cli.answers import write_whole


def write_reproducer(reproducer: dict[str, Any], design: str) -> Path:
    """Write it to the current folder, under a name made of the design's own and of the content.

    Raises UsageError if it cannot be written.
    """
    content = (json.dumps(reproducer, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode(errors="replace")
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(design).stem).strip("-")[:60] or "design"
    path = Path(f"cross-check-{stem}-{hashlib.sha256(content).hexdigest()[:8]}.json")
    write_whole(path, content)
    return path
