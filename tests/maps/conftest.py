from __future__ import annotations

from tests.browser import chromium, chromium_process  # noqa: F401
