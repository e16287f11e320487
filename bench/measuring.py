"""What is measured, as ratios to a yardstick of the same run: machines differ, ratios less so."""

import os
import platform
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the report: `value` as text, `ratio` to its yardstick where there is one."""

    what: str
    value: str
    ratio: str = ""


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def forget_peak() -> None:
    """Begin anew to watch the most memory that this process holds; Linux can."""
    watch = Path("/proc/self/clear_refs")
    if watch.exists():
        watch.write_text("5", encoding="ascii")


def peak_memory() -> float:
    """The most memory, in GiB, that this process held since `forget_peak`, else since it began."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    lines = status.read_text(encoding="ascii").splitlines()
    [kibibytes] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(kibibytes) / 2**20


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of all don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(path: Path, title: str, lines: Sequence[Measured]) -> str:
    """The measurements as a table with machine and date; written to `path` too."""
    rows = [f"| {line.what} | {line.value} | {line.ratio} |" for line in lines]
    text = "\n".join(
        [
            "# Measured speed",
            "",
            title,
            "",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}.",
            "",
            "| what | measured | against the yardstick |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
    path.write_text(text, encoding="utf-8")
    return text


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GiB, Python {python}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
