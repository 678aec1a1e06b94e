"""Every shop's understanding of buyers as this process remembers it, learned anew whenever the intents change.

Learning happens in a process of its own; until it is done, messages are understood by what was learned before.
What needs numpy is imported when the first message is understood.
"""

import threading
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import structlog

from jinpai.copilot.confusing import Mistaken, find_mistaken, mistaken_file
from jinpai.copilot.model import Example, Lessons, fingerprint, model_file
from jinpai.copilot.moods import Moods

if TYPE_CHECKING:
    from jinpai.copilot.understanding import Understanding

FOLDER = "models"
LONGEST = 300
"""Seconds after which learning is given up."""

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Proof:
    """How well lessons are told apart: `mistaken` are the examples the others would call something else.

    `is_current` says whether these are the shop's lessons of now, not those from before the last change.
    """

    lessons: Lessons
    understanding: "Understanding"
    mistaken: list[Mistaken]
    is_current: bool


class Understandings:
    """Remembers what was learned for each shop, in files below `home`; without one nothing. Safe in threads."""

    def __init__(self, home: Path | None = None) -> None:
        self._folder = None if home is None else home / FOLDER
        self._known: dict[str, tuple[Lessons, Understanding | None]] = {}
        self._wanted: dict[str, tuple[str, list[Example]]] = {}
        self._learning = ""
        self._is_busy = False
        self._lock = threading.Lock()

    def prepare(self, shop: str, lessons: Lessons) -> None:
        """Begin to learn these intents in the background, unless that is done or under way.

        One thing is learned at a time; what a shop wanted before that was begun is not learned any more.
        """
        if self._folder is None or not lessons.intents:
            return
        examples = lessons.examples()
        name = fingerprint(examples)
        path = model_file(self._folder, name)
        if path.exists() and mistaken_file(path).exists():
            return
        with self._lock:
            if name == self._learning:
                return
            self._wanted[shop] = (name, examples)
            if self._is_busy:
                return
            self._is_busy = True
        threading.Thread(target=self._learn_wanted, name="learning", daemon=True).start()

    def current(self, shop: str, lessons: Lessons) -> "Understanding | None":
        """What this shop understands by now: these intents, or while they are being learned those before; else None."""
        known = self._known.get(shop)
        if known is not None and known[0] is lessons:
            return known[1]
        from jinpai.copilot.understanding import Understanding
        from jinpai.kit.learning.keeping import find_kept

        path = None if self._folder is None else model_file(self._folder, fingerprint(lessons.examples()))
        classifier = find_kept(path) if path is not None and lessons.intents else None
        if classifier is None:
            self.prepare(shop, lessons)
            return None if known is None else known[1]
        understanding = Understanding(lessons.intents, classifier, Moods(lessons.moods))
        self._known[shop] = (lessons, understanding)
        return understanding

    def state(self, shop: str, lessons: Lessons) -> Literal["learning", "before", "current"]:
        """Whether these intents are understood: not at all yet, as they were before they changed, or as they are."""
        if self.current(shop, lessons) is None:
            return "learning"
        return "current" if self._known[shop][0] is lessons else "before"

    def prove(self, shop: str, lessons: Lessons) -> Proof | None:
        """How well the intents this shop understands by now are told apart; None while that is being learned."""
        understanding = self.current(shop, lessons)
        known = self._known.get(shop)
        if self._folder is None or understanding is None or known is None:
            return None
        mistaken = find_mistaken(model_file(self._folder, fingerprint(known[0].examples())))
        if mistaken is None:
            self.prepare(shop, known[0])
            return None
        return Proof(known[0], understanding, mistaken, known[0] is lessons)

    def _learn_wanted(self) -> None:
        try:
            while work := self._next():
                self._learn(*work)
        except BaseException:
            with self._lock:
                self._is_busy, self._learning = False, ""
            raise

    def _next(self) -> tuple[str, list[Example]] | None:
        """What is to be learned next; with nothing more, who asks for something has to begin again."""
        with self._lock:
            if not self._wanted:
                self._is_busy, self._learning = False, ""
                return None
            shop = next(iter(self._wanted))
            self._learning, examples = self._wanted.pop(shop)
            return self._learning, examples

    def _learn(self, name: str, examples: list[Example]) -> None:
        from jinpai.copilot.building import build

        path = model_file(self._folder or Path(), name)
        if path.exists() and mistaken_file(path).exists():
            return
        try:
            process = get_context("spawn").Process(target=build, args=(examples, path), daemon=True)
            process.start()
            process.join(LONGEST)
            if process.is_alive():
                process.kill()
            _log.info("intents_learned", count=len(examples), kept=path.exists())
        except OSError as error:
            _log.error("intents_not_learned", error=str(error))


def understand_now(lessons: Lessons, home: Path) -> "Understanding":
    """What these intents teach, learned on the spot unless it was kept; kept where the shop's data lies already."""
    from jinpai.copilot.understanding import Understanding
    from jinpai.kit.learning.keeping import find_kept

    examples = lessons.examples()
    path = model_file(home / FOLDER, fingerprint(examples))
    classifier = find_kept(path) if mistaken_file(path).exists() else None
    if classifier is None:
        from jinpai.copilot.building import learn_and_keep, learn_examples

        classifier = learn_and_keep(examples, path) if home.is_dir() else learn_examples(examples)[0]
    return Understanding(lessons.intents, classifier, Moods(lessons.moods))
