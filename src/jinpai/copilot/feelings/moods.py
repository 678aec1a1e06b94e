"""How a buyer feels and whether it is urgent, by the words for it in content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from jinpai.packs.model import ContentEntry, Text

Feeling = Literal["upset", "worried", "pleased", "calm"]
_NOT = re.compile(
    r"(?:是不是|会不会是|不会是|会不会|该不会|不|没|别|没有|不太|不是|并不|不会|不算)(?:很|太|怎么|那么|觉得)?$"
)
_SHOUTING = re.compile(r"[!！?？]{3,}")


class MoodWords(ContentEntry):
    """Words that tell a mood; `upset` weighs before `worried`, that before `pleased`. `urgent` tells haste."""

    mood: Literal["upset", "worried", "pleased", "urgent"]
    words: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True, slots=True)
class Mood:
    """How the buyer feels, the words that say so, and whether it is pressing."""

    feeling: Feeling = "calm"
    words: tuple[str, ...] = ()
    urgent: bool = False


class Moods:
    """The words for moods, ready to be looked for."""

    def __init__(self, entries: Sequence[MoodWords]) -> None:
        self._patterns = {
            mood: re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
            for mood in ("upset", "worried", "pleased", "urgent")
            if (words := {word for entry in entries if entry.mood == mood for word in entry.words})
        }

    def feel(self, text: str) -> Mood:
        """The mood of this message; what is denied (不生气) does not count."""
        told = {mood: self._said(mood, text) for mood in self._patterns}
        urgent = bool(told.get("urgent")) or self.is_shouting(text)
        if words := told.get("upset"):
            return Mood("upset", words, urgent)
        if words := told.get("worried"):
            return Mood("worried", words, urgent)
        if words := told.get("pleased"):
            return Mood("pleased", words, urgent)
        return Mood(urgent=urgent)

    def tells(self, text: str) -> bool:
        """Whether a word or a sign of anger is there at all, denied or not; cheap, for every message that comes."""
        upset = self._patterns.get("upset")
        return (upset is not None and upset.search(text) is not None) or self.is_shouting(text)

    def is_shouting(self, text: str) -> bool:
        """Whether exclamation or question marks pile up."""
        return _SHOUTING.search(text) is not None

    def _said(self, mood: str, text: str) -> tuple[str, ...]:
        found = self._patterns[mood].finditer(text)
        return tuple(one[0] for one in found if not _NOT.search(text[max(0, one.start() - 4) : one.start()]))
