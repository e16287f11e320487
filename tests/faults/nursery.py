"""Starts the groundplan command quickly and kills it: real processes, forked from one that has
imported everything but opened nothing.

Starting Python with all its libraries takes two seconds; two hundred kills would take an hour.
"""

import faulthandler
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
LONGEST = 240.0
"""Seconds after which a command is held to be stuck: it says where, and ends."""


@dataclass(frozen=True)
class Fate:
    """What is to become of a command.

    Killed at the `nth` time it says `step`, or `after` seconds: from then on, or without a step
    from its beginning. `largest` is the size in bytes beyond which no file of its grows: what a
    full disk is like, without one.
    """

    step: str = ""
    nth: int = 1
    after: float | None = None
    largest: int | None = None


@dataclass(frozen=True)
class End:
    """How a command ended: `code` is its exit code, or minus the signal that killed it; it said
    each of `steps` at one of `moments`, in seconds."""

    code: int
    seconds: float
    out: str
    err: str
    steps: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    @property
    def killed(self) -> bool:
        return self.code in (-signal.SIGKILL, -signal.SIGALRM)


class Nursery:
    """Runs commands in the home `home`, or another, one after the other."""

    def __init__(self, home: Path, *, bare: bool = False, copied_from: int = 0) -> None:
        """A `bare` one hasn't made Django ready for the home. Tables are copied whole, and search
        indexes made apart, from `copied_from` rows on instead of from where that is worth it."""
        self.home = home
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", *(["bare"] if bare else [])],
            env={
                **kept,
                "GROUNDPLAN_HOME": str(home),
                "PYTHONPATH": paths,
                # Arrow's own allocator has a thread, which no fork takes along.
                "ARROW_DEFAULT_MEMORY_POOL": "system",
                "FAULT_COPIED_FROM": str(copied_from or ""),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._parent.stdin:
            self._parent.stdin.close()
        self._parent.wait(30)
        if self._parent.stdout:
            self._parent.stdout.close()

    def run(
        self, *words: str | Path, fate: Fate = Fate(), environment: dict[str, str] | None = None
    ) -> End:
        """Run `groundplan words`, under `fate`, to its end; `environment` may name another home."""
        assert self._parent.stdin
        assert self._parent.stdout
        asked = {
            "words": [str(word) for word in words],
            "fate": asdict(fate),
            "environment": environment or {},
        }
        self._parent.stdin.write(json.dumps(asked) + "\n")
        self._parent.stdin.flush()
        return End(**json.loads(self._parent.stdout.readline()))

    def done(self, *words: str | Path) -> End:
        """Run a command that must succeed."""
        end = self.run(*words)
        assert end.code == 0, f"groundplan {words}: {end.code}\n{end.err[-3000:]}"
        return end


def _move(environment: dict[str, str]) -> None:
    """Read settings again, which say where the home and the database are; nothing is open yet."""
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connections, router

    os.environ.update(environment)
    sys.modules.pop("groundplan.project.settings", None)
    settings._setup()  # type: ignore[misc]
    for kept in (connections, caches):
        for alias in kept:
            # Made by whoever asked what the database can do; none of them is open.
            with suppress(AttributeError):
                del kept[alias]
        vars(kept).update(_settings=None)
        vars(kept).pop("settings", None)
    vars(router).pop("routers", None)


def _be_child(asked: dict[str, Any], fate: Fate, pipes: dict[str, int]) -> None:
    """Never returns: becomes the command."""
    from groundplan.kernel import steps
    from groundplan.project.main import main

    if asked["environment"]:
        _move(asked["environment"])
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(pipes["out"], 1)
    os.dup2(pipes["err"], 2)
    faulthandler.enable()
    left = fate.nth

    def listen(name: str) -> None:
        nonlocal left
        os.write(pipes["steps"], f"{name} {time.monotonic()}\n".encode())
        if name == fate.step:
            left -= 1
            if left == 0 and fate.after is None:
                os.kill(os.getpid(), signal.SIGKILL)
            elif left == 0 and fate.after is not None:
                # Its signal kills as well, within whatever statement runs by then.
                signal.setitimer(signal.ITIMER_REAL, fate.after)

    steps.listen(listen)
    if fate.largest is not None:
        # Python ignores the signal, so that writing fails as it does where a disk is full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (fate.largest, fate.largest))
    sys.argv = ["groundplan", *asked["words"]]
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _watch(
    child: int, ends: dict[int, str], fate: Fate, began: float
) -> tuple[int, dict[str, str]]:
    """Read what the child says until it is over; kill it when its time has come."""
    said = dict.fromkeys(ends.values(), b"")
    open_ends = set(ends)
    ends_by = [(began + LONGEST, signal.SIGABRT)]
    if fate.after is not None and not fate.step:
        ends_by.append((began + fate.after, signal.SIGKILL))
    while open_ends:
        wait = max(0.0, ends_by[-1][0] - time.monotonic()) if ends_by else None
        ready, _, _ = select.select(list(open_ends), [], [], wait)
        if not ready:
            os.killpg(child, ends_by.pop()[1])
        for end in ready:
            piece = os.read(end, 65536)
            if piece:
                said[ends[end]] += piece
            else:
                open_ends.discard(end)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), {k: v.decode() for k, v in said.items()}


def _answer(asked: dict[str, Any]) -> End:
    fate = Fate(**asked["fate"])
    pipes = {name: os.pipe() for name in ("out", "err", "steps")}
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        for end, _ in pipes.values():
            os.close(end)
        _be_child(asked, fate, {name: end for name, (_, end) in pipes.items()})
    for _, end in pipes.values():
        os.close(end)
    code, said = _watch(child, {end: name for name, (end, _) in pipes.items()}, fate, began)
    for end, _ in pipes.values():
        os.close(end)
    seconds = time.monotonic() - began
    told = [line.split() for line in said["steps"].splitlines()]
    steps = [name for name, _ in told]
    moments = [float(moment) - began for _, moment in told]
    return End(code, seconds, said["out"], said["err"], steps, moments)


def nurse() -> None:
    """Import everything, then answer each line of standard input."""
    if "bare" not in sys.argv:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundplan.project.settings")
        django.setup()
        import groundplan.cli.installation
        import groundplan.intake.services
        from groundplan.book.services import search_index
        from groundplan.database import whole_tables

        if copied_from := int(os.environ["FAULT_COPIED_FROM"] or 0):
            whole_tables.WORTH_COPYING = search_index.WORTH_FILLING = copied_from
    import groundplan.project.main  # noqa: F401 - imported here, once

    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_answer(json.loads(line)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    nurse()
