"""Somebody who asks couriers, in this process: answers as told, and keeps what it was asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.endpoint import FakeEndpoint


@dataclass
class FakeCouriers(FakeEndpoint):
    """`answer`: parcels asked for → what comes back: bytes, int and float as of any endpoint, else it is JSON."""

    path = "/tracking"
    answer: Callable[[list[dict[str, str]]], Any]

    def reply(self, body: Any) -> bytes | int | float:
        self.asked.append(body["parcels"])
        told = self.answer(body["parcels"])
        return told if isinstance(told, bytes | int | float) else json.dumps(told).encode()
