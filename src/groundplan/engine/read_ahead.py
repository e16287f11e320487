"""Works on one part while the next is read."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Made = TypeVar("Made")


def ahead(work: Callable[[Part], Made], parts: Iterable[Part]) -> Iterator[Made]:
    """`work` of each part, in their order; a thread does it while this one gets the next part.

    At most two parts are in memory. For work that leaves the interpreter: NumPy, Arrow.
    """
    waiting: Future[Made] | None = None
    with ThreadPoolExecutor(1) as aside:
        for part in parts:
            begun = aside.submit(work, part)
            if waiting:
                yield waiting.result()
            waiting = begun
        if waiting:
            yield waiting.result()
