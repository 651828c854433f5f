"""A browser for the maps' tests, and a bare page in it."""

from tests.browser import chromium, chromium_process, profiles  # noqa: F401
from tests.maps.bare import bare  # noqa: F401
