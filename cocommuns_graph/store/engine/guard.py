"""Makes a child end when its parent does, even by kill -9, by the means each system has."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

_PR_SET_PDEATHSIG = 1

# Reads until the parent's end of the pipe is gone, then ends the child: for systems that cannot do it.
_WATCHER = """
import os, signal, sys
while os.read(0, 1):
    pass
try:
    os.kill(int(sys.argv[1]), signal.SIGKILL)
except OSError:
    pass
"""


class Guard:
    """Ties one child to this process: pass `options` to Popen, then `watch` the child."""

    def __init__(self, platform: str = sys.platform) -> None:
        self._platform = platform
        self._held: object = None
        self._watcher: subprocess.Popen[bytes] | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What Popen needs to be told."""
        if self._platform == "win32":
            return {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
        if self._platform == "linux":
            return {"preexec_fn": _parent_death_kills()}
        return {}

    def watch(self, child: subprocess.Popen[bytes]) -> None:
        """Tie a started child; on Linux `options` have done it already."""
        if self._platform == "win32":
            self._held = _job_that_kills(child)
        elif self._platform != "linux":
            self._watcher = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _WATCHER, str(child.pid)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def release(self) -> None:
        """Forget the child, which has ended: its number may be used again."""
        if self._watcher is not None:
            self._watcher.kill()
            self._watcher.wait()
            if self._watcher.stdin is not None:
                self._watcher.stdin.close()
            self._watcher = None


def _parent_death_kills() -> Callable[[], None]:
    libc = ctypes.CDLL(None, use_errno=True)  # loaded before the fork: loading after it may deadlock

    def in_child() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    return in_child


def _job_that_kills(child: subprocess.Popen[bytes]) -> object:
    """A Windows job object that ends the child when this process, which holds it, ends."""
    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _ExtendedLimits()
    limits.basic.limit_flags = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
    handle = int(getattr(child, "_handle"))  # noqa: B009 - exists on Windows only
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(handle))
    return job


class _BasicLimits(ctypes.Structure):
    _fields_ = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _ExtendedLimits(ctypes.Structure):
    _fields_ = [
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    ]
