"""Where the reference material beside the checkout is; tests that need it skip where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(relative: str) -> Path:
    """The path of a file or folder of the reference material; skips the test where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"reference material {relative} is not beside this checkout")
    return path
