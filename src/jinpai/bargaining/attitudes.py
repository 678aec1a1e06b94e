"""How a buyer talks about the price: learned from the examples in content, heard in one message. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from jinpai.bargaining.content import Attitude, AttitudeExamples, BargainingEntry, LikeWords

if TYPE_CHECKING:
    from jinpai.kit.learning.classifier import Classifier
    from jinpai.kit.learning.grams import Views
    from jinpai.kit.learning.wording import WordClasses

REMEMBERED = 4_096
"""Messages whose attitude is not worked out again."""


@dataclass(frozen=True, slots=True, eq=False)
class Attitudes:
    """What was learned from a shop's examples; nothing where it has none."""

    words: "WordClasses"
    classifier: "Classifier | None"


@lru_cache(maxsize=8)
def learn_attitudes(entries: tuple[BargainingEntry, ...]) -> Attitudes:
    """What these entries teach; takes a second or two, once."""
    from jinpai.kit.learning.ridge import learn

    cut, attitudes = lessons_of(entries)
    return Attitudes(words_of(entries), learn(cut, attitudes, trusted=True).classifier if cut else None)


def lessons_of(entries: Sequence[BargainingEntry]) -> tuple[list["Views"], list[Attitude]]:
    """The examples as they are learned from, cut into pieces, and the attitude of each."""
    words, inner = words_of(entries), (entry.root for entry in entries)
    said = [(text, one.attitude) for one in inner if isinstance(one, AttitudeExamples) for text in one.examples]
    return [_cut(words, text) for text, _ in said], [attitude for _, attitude in said]


def words_of(entries: Sequence[BargainingEntry]) -> "WordClasses":
    """The words that mean the same."""
    from jinpai.kit.learning.wording import WordClasses

    likes = (entry.root for entry in entries if isinstance(entry.root, LikeWords))
    return WordClasses({word: one.id for one in likes for word in one.words})


@lru_cache(maxsize=REMEMBERED)
def find_attitude(learned: Attitudes, text: str, least: float = 0.0) -> Attitude:
    """The attitude this message shows; none where it does not talk about paying less.

    With `least`, a probability, also none where that much is not certain.
    """
    if learned.classifier is None or not any(letter.isalpha() for letter in text):
        return "none"
    found, sure = learned.classifier.rank(_cut(learned.words, text), 1)[0]
    return cast("Attitude", found) if sure >= least else "none"


def titles_of(entries: Sequence[BargainingEntry]) -> dict[Attitude, str]:
    """The attitudes in words for people."""
    return {entry.root.attitude: entry.root.title for entry in entries if isinstance(entry.root, AttitudeExamples)}


def _cut(words: "WordClasses", text: str) -> "Views":
    """Letters, letters apart and sounds as typed, then the same with words in place of letters."""
    from jinpai.kit.learning.grams import cut_views

    return (*cut_views(text), *words.cut(text))
