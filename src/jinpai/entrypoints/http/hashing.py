"""Password work on threads of its own, so that a hundred sign-ins at once leave everybody else's pages quick."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from jinpai.kit.errors import TooMany
from jinpai.staff.passwords import Passwords

T = TypeVar("T")

AT_ONCE = 2
MAX_WAITING = 50


class HashingDesk:
    """Does the slow work two at a time; who waits does so without holding a thread."""

    def __init__(self, passwords: Passwords) -> None:
        self.passwords = passwords
        self._limiter = CapacityLimiter(AT_ONCE)

    async def run(self, work: Callable[[], T]) -> T:
        """The result of the work; TooMany when the queue is long already."""
        if self._limiter.statistics().tasks_waiting >= MAX_WAITING:
            raise TooMany("现在登录的人太多，请 10 秒后再试", retry_after=10)
        return await to_thread.run_sync(work, limiter=self._limiter)


def hashing_of(request: Request) -> HashingDesk:
    """The app's desk for password work."""
    desk: HashingDesk = request.app.state.hashing
    return desk
