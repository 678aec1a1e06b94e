"""Words that mean the same, in place of letters: few examples then teach much that they do not spell out."""

from collections.abc import Iterator, Mapping

from jinpai.kit.learning.grams import Views, gapped, joined, tidy

_LENGTHS = (1, 2, 3)


class WordClasses:
    """Word → the name of its class; the longest word that fits at a place counts."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = {tidy(word): name for word, name in classes.items()}
        self._reach: dict[str, int] = {}
        for word in self._classes:
            self._reach[word[0]] = max(self._reach.get(word[0], 0), len(word))

    def cut(self, text: str) -> Views:
        """The pieces of a text in two views, classes in place of their words: up to three neighbours, pairs with a gap.

        No piece comes twice in a view.
        """
        parts = ["^", *self._replaced(tidy(text)), "$"]
        near = (piece for size in _LENGTHS for piece in joined(parts, size, "|"))
        return list(dict.fromkeys(near)), list(dict.fromkeys(gapped(parts)))

    def _replaced(self, tidied: str) -> Iterator[str]:
        at = 0
        while at < len(tidied):
            word = self._word(tidied, at)
            if word:
                yield f"<{self._classes[word]}>"
            elif not tidied[at].isspace():
                yield tidied[at]
            at += len(word) or 1

    def _word(self, tidied: str, at: int) -> str:
        """The longest known word that begins here; empty where there is none."""
        reach = min(self._reach.get(tidied[at], 0), len(tidied) - at)
        found = (tidied[at : at + size] for size in range(reach, 0, -1))
        return next((word for word in found if word in self._classes), "")
