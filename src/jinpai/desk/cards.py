"""The shape of step cards in content files: what an agent sends to somebody who shops for the first time."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jinpai.packs.model import ContentEntry

Line = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Lines = Annotated[tuple[Line, ...], Field(strict=False, min_length=1, max_length=8)]


class StepCard(ContentEntry):
    """One stretch of shopping, told in steps; `short` says it in fewer words, for large type."""

    id: Literal["browse", "cart", "settle", "pay", "receive", "rate"]
    title: Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
    lines: Lines
    short: Lines
