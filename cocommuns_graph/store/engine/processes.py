"""Processes told apart by number and start time, since numbers are used again."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

_GONE = {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}


@dataclass(frozen=True)
class ProcessId:
    """One process of this machine: its number and a word for when it started, safe in a file name."""

    pid: int
    started: str

    @property
    def alive(self) -> bool:
        """Whether this very process still runs; one that ended but was not collected counts as ended."""
        return process_id(self.pid) == self

    def __str__(self) -> str:
        return f"{self.pid}-{self.started}"

    @classmethod
    def parse(cls, text: str) -> ProcessId | None:
        """The reverse of str; None for any other text."""
        pid, dash, started = text.partition("-")
        return cls(int(pid), started) if dash and started and pid.isascii() and pid.isdigit() else None


def process_id(pid: int) -> ProcessId | None:
    """Number and start of a running process; None when there is none."""
    started = _started_linux(pid) if sys.platform == "linux" else _started(pid)
    return None if started is None else ProcessId(pid, started)


def this_process() -> ProcessId:
    """Number and start of the process that asks."""
    found = process_id(os.getpid())
    if found is None:
        raise RuntimeError("this process cannot be found in the process table")
    return found


def kill(process: ProcessId) -> None:
    """End a process at once, if it is still that one."""
    if process.alive:
        try:
            psutil.Process(process.pid).kill()
        except psutil.NoSuchProcess:
            return


def wait_until_gone(process: ProcessId, timeout: float) -> bool:
    """Wait until a process has ended; False when it still runs after `timeout` seconds."""
    import time

    deadline = time.monotonic() + timeout
    while process.alive:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _started(pid: int) -> str | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() in _GONE else f"{process.create_time():.2f}"
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return None
    except psutil.AccessDenied:
        return "unknown"


def _started_linux(pid: int) -> str | None:
    """Start in clock ticks since boot, with the boot: psutil's seconds move when the clock is set."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        return None
    fields = text[text.rindex(")") + 2 :].split()
    threads = int(fields[17])  # a killed process whose first thread ended may still be closing its files
    return None if fields[0] in "ZX" and threads < 2 else f"{boot[:8]}.{fields[19]}"
