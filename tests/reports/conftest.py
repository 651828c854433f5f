"""Fixtures of the reports' tests."""

from tests.browser import chromium, chromium_process, profiles

__all__ = ["chromium", "chromium_process", "profiles"]
