"""The machine under the measurements: what it is, and what processes cost on it."""

import os
import platform
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, str]:
    """CPU, cores, memory, Python and how busy the machine was before the measurement."""
    models = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "CPU": f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def allow_many_files() -> int:
    """Raise the soft limit of open files to the hard one, for this process and its children; returns it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def resident_mib(pid: int) -> float:
    """Resident memory of one process, in MiB."""
    kib = next(line.split()[1] for line in _lines(f"/proc/{pid}/status") if line.startswith("VmRSS"))
    return int(kib) / 1024


class CpuMeter:
    """CPU seconds that processes and all their children spent since the meter was made."""

    def __init__(self, roots: Sequence[int]) -> None:
        self._roots = roots
        self._before = self._now()
        self._started = time.perf_counter()

    def read(self) -> float:
        """CPU seconds spent so far, user and system."""
        now = self._now()
        return sum(spent - self._before.get(pid, 0.0) for pid, spent in now.items())

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the meter was made."""
        return time.perf_counter() - self._started

    def _now(self) -> dict[int, float]:
        found = {pid: _cpu_seconds(pid) for root in self._roots for pid in (root, *_descendants(root))}
        return {pid: spent for pid, spent in found.items() if spent is not None}


def _descendants(root: int) -> Iterator[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _stat(int(entry.name))
            if stat is not None:
                parents[int(entry.name)] = int(stat[1])
    family = {root}
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in family} - family
        yield from children
        family |= children
        grown = bool(children)


def _cpu_seconds(pid: int) -> float | None:
    stat = _stat(pid)
    return None if stat is None else (int(stat[11]) + int(stat[12])) / _TICKS


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the command's name, or None when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()
