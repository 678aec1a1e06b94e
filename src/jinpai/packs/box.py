"""The content every part of the program works with: compiled, whole, and replaced in one step."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

import structlog

T = TypeVar("T")

_log = structlog.get_logger()


class ContentBox(Generic[T]):
    """Holds each shop's compiled content; readers take what is there without waiting, a thread of its own compiles.

    `load` reads and compiles the content published for a shop; it raises when that cannot be used.
    """

    def __init__(self, load: Callable[[str], T]) -> None:
        self._load = load
        self._current: dict[str, T] = {}
        self._waiting: dict[str, Future[bool]] = {}
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="content")

    def shop(self, shop_id: str) -> T:
        """The shop's current content; the first call for a shop waits until it is compiled and raises if it cannot be.

        Whoever keeps the returned value keeps one consistent state, even while a newer one is swapped in.
        """
        content = self._current.get(shop_id)
        if content is None:
            return self._thread.submit(self._first, shop_id).result()
        return content

    def shops(self) -> tuple[str, ...]:
        """The shops whose content is loaded."""
        return tuple(self._current)

    def refresh(self, shop_id: str) -> Future[bool]:
        """Compile anew in the background and swap; True once swapped, False where the old content had to stay.

        Sees everything committed before the call; calls that come while one still waits are answered with it.
        """
        with self._lock:
            waiting = self._waiting.get(shop_id)
            if waiting is None:
                waiting = self._waiting[shop_id] = self._thread.submit(self._again, shop_id)
            return waiting

    def close(self) -> None:
        """End the compiling thread; what is loaded stays readable."""
        self._thread.shutdown(cancel_futures=True)

    def _first(self, shop_id: str) -> T:
        content = self._current.get(shop_id)
        if content is None:
            content = self._current[shop_id] = self._load(shop_id)
        return content

    def _again(self, shop_id: str) -> bool:
        with self._lock:
            self._waiting.pop(shop_id, None)
        try:
            self._current[shop_id] = self._load(shop_id)
        except Exception as error:
            _log.error("content_not_replaced", shop=shop_id, error=str(error), kept=shop_id in self._current)
            return False
        _log.info("content_replaced", shop=shop_id)
        return True
