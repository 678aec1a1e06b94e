"""A language model's endpoint in this process, which answers as it is told and keeps what it was asked."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.endpoint import FakeEndpoint


@dataclass
class FakeModel(FakeEndpoint):
    """`answer`: the data of the prompt → what the model says; bytes, int and float as of any endpoint."""

    path = "/v1"
    answer: Callable[[dict[str, Any]], str | bytes | int | float]

    def reply(self, body: Any) -> bytes | int | float:
        self.asked.append(body)
        told = self.answer(json.loads(body["messages"][1]["content"]))
        return says(told) if isinstance(told, str) else told


def says(reply: str) -> bytes:
    """The endpoint's answer in which the model says this."""
    content = json.dumps({"reply": reply}, ensure_ascii=False)
    usage = {"prompt_tokens": 300, "completion_tokens": 60}
    return json.dumps({"choices": [{"message": {"content": content}}], "usage": usage}).encode()
