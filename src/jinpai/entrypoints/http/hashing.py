"""Slow work on threads of its own: a hundred sign-ins or pictures at once leave everybody else's pages quick."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from jinpai.kit.errors import TooMany
from jinpai.staff.passwords import Passwords

T = TypeVar("T")

AT_ONCE = 2
MAX_WAITING = 50


class SlowDesk:
    """Does the slow work two at a time; who waits does so without holding a thread."""

    def __init__(self, crowded: str) -> None:
        self._crowded = crowded
        self._limiter = CapacityLimiter(AT_ONCE)

    async def run(self, work: Callable[[], T]) -> T:
        """The result of the work; TooMany when the queue is long already."""
        if self._limiter.statistics().tasks_waiting >= MAX_WAITING:
            raise TooMany(self._crowded, retry_after=10)
        return await to_thread.run_sync(work, limiter=self._limiter)


class HashingDesk(SlowDesk):
    """The desk for password work, with the hasher."""

    def __init__(self, passwords: Passwords) -> None:
        super().__init__("现在登录的人太多，请 10 秒后再试")
        self.passwords = passwords


class PictureDesk(SlowDesk):
    """The desk for drawing pictures anew."""

    def __init__(self) -> None:
        super().__init__("现在发图片的人太多，请 10 秒后再试")


def hashing_of(request: Request) -> HashingDesk:
    """The app's desk for password work."""
    desk: HashingDesk = request.app.state.hashing
    return desk


def pictures_of(request: Request) -> PictureDesk:
    """The app's desk for pictures."""
    desk: PictureDesk = request.app.state.pictures
    return desk
