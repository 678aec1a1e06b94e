"""Matters that buyers and the records of goods have different words for (`打滑` and `抓地`), told by those words."""

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field

from jinpai.packs.model import ContentEntry, Text, Texts

Matters = frozenset[str]
"""Topics by id."""


class Topic(ContentEntry):
    """A matter asked of goods: `asked` is how buyers say it, `said` what stands in a record that answers them."""

    title: Text
    asked: Annotated[Texts, Field(min_length=1)]
    said: Annotated[Texts, Field(min_length=1)]


def asked_in(text: str, topics: Sequence[Topic]) -> Matters:
    """The topics a buyer's words ask about."""
    return frozenset(one.id for one in topics if any(word in text for word in one.asked))


def said_in(line: str, topics: Sequence[Topic], of: Collection[str]) -> Matters:
    """Those of the topics `of` which a line of a record speaks of."""
    return frozenset(one.id for one in topics if one.id in of and any(word in line for word in one.said))


def is_question_about(question: str, matters: Matters, topics: Sequence[Topic]) -> bool:
    """Whether a question of a record asks about some of these matters and about no other."""
    about = asked_in(question, topics) or said_in(question, topics, [one.id for one in topics])
    return bool(about) and about <= matters
