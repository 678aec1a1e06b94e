"""Tasks of customer service on a shop's tools, as others wrote them down: what a buyer wants, and what is right."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from jinpai.kit.errors import Refusal


class Call(NamedTuple):
    """A tool and what it was given."""

    name: str
    arguments: Mapping[str, Any]


class Task(NamedTuple):
    """A buyer with intents in their order, and what a right answer does, looks up and says."""

    id: str
    platform: str
    shop: str
    buyer: str
    intents: Sequence[str]
    actions: Sequence[Call]
    searches: Sequence[Call]
    outputs: Sequence[str]


class Folder(NamedTuple):
    """The tasks of a folder, the database before each of them, and the tools by name with their descriptions."""

    tasks: Sequence[Task]
    database: Mapping[str, Any]
    tools: Sequence[Mapping[str, Any]]


class ToolRefusal(Refusal):
    """A tool that does not do what it was asked; the message says why."""


class Tools(Protocol):
    """The tools as an assistant has them."""

    def __call__(self, name: str, **arguments: Any) -> Any:
        """What the tool answers; ToolRefusal with its reason where it refuses."""
        ...


class Assistant(Protocol):
    """Who answers the buyer of a task."""

    def answer(self, said: str) -> str:
        """The reply to what the buyer said, after doing with the tools what was asked."""
        ...
