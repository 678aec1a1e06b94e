"""How often one may try, per process, in moving windows; the one table of limits."""

import ipaddress
import math
import time
from collections.abc import Mapping
from typing import Literal

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from jinpai.kit.errors import TooMany

Limit = Literal["sign_in.login", "sign_in.address", "password.change", "widget.session", "file.add"]

LIMITS: Mapping[Limit, str] = {
    "sign_in.login": "5/minute",
    "sign_in.address": "30/minute",
    "password.change": "5/minute",
    "widget.session": "30/minute",
    "file.add": "60/minute",
}
"""Login is counted together with the address, so that nobody can lock a colleague out from elsewhere."""


class Throttle:
    """Counts tries in memory and forgets them when their minute is over."""

    def __init__(self) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._limits: dict[Limit, RateLimitItem] = {name: parse(text) for name, text in LIMITS.items()}

    def hit(self, name: Limit, key: str) -> None:
        """Count one try; TooMany with `retry_after` seconds when the window is full, which then does not count."""
        limit = self._limits[name]
        if self._windows.hit(limit, name, key):
            return
        free_at = self._windows.get_window_stats(limit, name, key).reset_time
        seconds = max(1, math.ceil(free_at - time.time()))
        raise TooMany(f"试得太频繁了，请 {seconds} 秒后再试", retry_after=seconds)


def throttle(request: Request, name: Limit, key: str) -> None:
    """Count one try of this kind by this key; TooMany when there were too many."""
    counter: Throttle = request.app.state.throttle
    counter.hit(name, key)


def address_of(request: Request) -> str:
    """Where the request comes from, as far as throttling cares: an IPv4 address, or the /64 of an IPv6 one."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
