"""The lines by which a rule proves itself: what must be hit, what must not, and the talk they stand in."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jinpai.guard.context import NOTHING, Context
from jinpai.guard.unless import Facts
from jinpai.packs.model import Shape, Text, Texts


class Turn(Shape):
    """An earlier message of a proof line, either the buyer's or the agent's, and the seconds until the next one."""

    buyer: Text | None = None
    agent: Text | None = None
    seconds: Annotated[int, Field(ge=0, le=86_400)] = 10

    @model_validator(mode="after")
    def _one_speaker(self) -> Self:
        if (self.buyer is None) == (self.agent is None):
            raise ValueError("每一句只写 buyer 或 agent 中的一个")
        return self


class Line(Shape):
    """A proof line that needs its circumstances: who says it, what was said before, what is known around it."""

    text: Annotated[str, Field(min_length=1, max_length=5_000)]
    before: Annotated[tuple[Turn, ...], Field(strict=False)] = ()
    facts: Mapping[Facts, Texts] = {}
    context: Annotated[Context, Field(strict=False)] = NOTHING
    by: Literal["agent", "buyer"] = "agent"


Proofs = Annotated[tuple[Text | Line, ...], Field(strict=False, min_length=2)]
