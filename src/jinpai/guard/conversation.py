"""A whole conversation under the guard: every agent's message in its place, and what only the whole shows."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from jinpai.guard.context import Context, known_facts
from jinpai.guard.engine import Guard
from jinpai.guard.model import Hit, Said, Situation
from jinpai.guard.talks import line_of

LOOK_BACK = 8
"""How many of the newest earlier messages a message is seen with."""


class Spoken(BaseModel):
    """One message of a conversation."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    role: Annotated[Literal["buyer", "agent", "assistant"], Field(alias="from")]
    text: Annotated[str, Field(max_length=100_000)]
    at: datetime | None = None


class Talk(BaseModel):
    """A conversation, oldest message first, with what is known around it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    messages: tuple[Spoken, ...]
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class TalkHit:
    """A remark on one message of a conversation; `trap` names the bait when it is a buyer's message."""

    message: int
    hit: Hit
    trap: str = ""


def read_talk(data: Any) -> Talk:
    """The conversation in this JSON value; pydantic's ValidationError when it is none."""
    return Talk.model_validate(data, extra="ignore")


def check_talk(guard: Guard, talk: Talk) -> tuple[TalkHit, ...]:
    """Everything the rules remark on this conversation, message by message."""
    facts = known_facts(talk.context)
    said = [Said(message.role, message.text) for message in talk.messages]
    found: list[TalkHit] = []
    for index, message in enumerate(talk.messages):
        situation = Situation(tuple(said[max(0, index - LOOK_BACK) : index]), facts, talk.context)
        if message.role == "agent":
            found += (TalkHit(index, hit) for hit in guard.check(message.text, situation))
        elif message.role == "buyer":
            found += (TalkHit(index, hit, guard.trap_of(hit)) for hit in guard.bait(message.text, situation))
    lines = [line_of(message.role, message.text, message.at) for message in talk.messages]
    for index, hit in guard.overlook(lines, talk.context):
        text = talk.messages[index].text
        found.append(TalkHit(index, replace(hit, end=len(text), text=text)))
    return tuple(sorted(found, key=lambda one: (one.message, one.hit.start)))
