"""What an author may write under `unless`: the circumstances in which a find is innocent."""

from typing import Annotated, Literal

from pydantic import Field

from jinpai.guard.context import Given
from jinpai.packs.model import Shape, Texts

Facts = Literal["numbers", "domains", "names", "excluded"]
"""What the shop's facts may excuse: its numbers, its domains, the names it uses, places without free shipping."""


class Explained(Shape):
    """The message says more than what was found: its other clauses hold `at_least` characters.

    Words in `idle` are no explanation and do not count; one of `kindly`, where written, must be in the message too.
    """

    at_least: Annotated[int, Field(ge=1, le=100)]
    idle: Texts = ()
    kindly: Texts = ()


class Unless(Shape):
    """What makes a find innocent; words in `before` and `after` stand close by in the same clause.

    `message` is any of these words anywhere in the message, `together` at least one word of every group, `heard` any of
    these in what the buyer said before; `whether` where the find begins with the negation of 能不能, 支不支持.
    """

    message: Texts = ()
    together: Annotated[tuple[Texts, ...], Field(strict=False)] = ()
    heard: Texts = ()
    before: Texts = ()
    after: Texts = ()
    inside: Texts = ()
    whether: bool = False
    smile: bool = False
    buyer_said: bool = False
    facts: Annotated[tuple[Facts, ...], Field(strict=False)] = ()
    given: Given | None = None
    explained: Explained | None = None
