"""Several pieces of evidence as one strength."""

from __future__ import annotations

from collections.abc import Sequence


def noisy_or(strengths: Sequence[float]) -> float:
    """The chance that at least one of several independent pieces of evidence holds."""
    missing = 1.0
    for strength in strengths:
        missing *= 1 - min(strength, 0.99)
    return 1 - missing
