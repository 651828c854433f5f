"""The desk in parts: the methods of each kind of work, put together in desk.py."""
