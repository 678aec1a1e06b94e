"""An SMS provider one can make slow or failing: it keeps what it took by key, as providers that honour keys do."""

from collections import Counter
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from tests.support.endpoint import FakeEndpoint


@dataclass
class Gateway(FakeEndpoint):
    """How often it was tried by key, and what took effect; while `stuck` nobody gets an answer.

    With another `status` than 200 nothing takes effect.
    """

    tries: Counter[str] = field(default_factory=Counter)
    effects: dict[str, str] = field(default_factory=dict)
    takes: bool = True
    status: int = 200
    stuck: Event = field(default_factory=Event)

    def reply(self, body: Any) -> int:
        """Take this message, or not; the status that answers it."""
        status = self.status
        if self.takes and status == 200:
            self.effects.setdefault(body["key"], body["text"])
        self.tries[body["key"]] += 1
        while self.stuck.is_set():
            Event().wait(0.05)
        return status
