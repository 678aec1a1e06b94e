"""A shop's care content ready for use."""

from dataclasses import dataclass
from typing import Any

from jinpai.customers.care import CareEntry, CareRules, Occasion
from jinpai.customers.content import unwrap
from jinpai.flows.content.shop import ShopContent
from jinpai.kit.memo import remember
from jinpai.kit.phrases import compile_phrases
from jinpai.kit.text import fold_text

LONGEST = 300
"""Characters of one message that are looked at."""


@dataclass(frozen=True, slots=True)
class Caring:
    """How often a shop writes, on which occasions, and the words that end it; without rules it writes to nobody."""

    rules: CareRules | None
    entries: tuple[CareEntry, ...]
    stop: Any
    never: Any

    def of(self, *occasions: Occasion) -> list[CareEntry]:
        """The entries of these occasions; none in a shop without rules."""
        return [one for one in self.entries if one.occasion in occasions] if self.rules is not None else []

    def entry(self, id_: str) -> CareEntry | None:
        """The entry with this id, while content has it."""
        return next((one for one in self.entries if one.id == id_), None)

    def says_stop(self, text: str) -> bool:
        """Whether a buyer who says this wants to be written to no more."""
        folded = fold_text(text[:LONGEST])
        return self.stop.search(folded) is not None and self.never.search(folded) is None


@remember
def caring_of(content: ShopContent) -> Caring:
    """The care of a shop, compiled once."""
    inner = tuple(unwrap(entry) for entry in content.customers)
    rules = next((one for one in inner if isinstance(one, CareRules)), None)
    return Caring(
        rules,
        tuple(one for one in inner if isinstance(one, CareEntry)),
        compile_phrases(rules.stop if rules else ()),
        compile_phrases(rules.never if rules else ()),
    )
