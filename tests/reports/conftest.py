"""Fixtures of the reports' tests."""

from tests.browser import chromium, chromium_process

__all__ = ["chromium", "chromium_process"]
