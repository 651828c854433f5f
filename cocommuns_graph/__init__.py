"""A shared inventory of who knows what, as a property graph."""

__version__ = "0.1.0"
