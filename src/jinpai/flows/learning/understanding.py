"""Every shop's understanding of buyers as this process remembers it, learned anew whenever the intents change.

Learning happens in a process of its own; until it is done, messages are understood by what was learned before. Where
meanings are told as vectors, wording is learned first and serves until meanings have been learned too, which takes
minutes. What needs numpy is imported when the first message is understood.
"""

import threading
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import structlog

from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.hearing.confusing import Mistaken, find_mistaken, mistaken_file
from jinpai.copilot.model import Example, Lessons, Meanings, fingerprint, model_file

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understanding

FOLDER = "models"
LONGEST = 1800
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What is understood of these lessons, learned in this file, and the file that will be better once it is there."""

    lessons: Lessons
    understanding: "Understanding"
    path: Path
    better: Path | None


@dataclass(frozen=True, slots=True)
class _Work:
    """Examples to learn into a file of this name, with their meanings or without."""

    name: str
    examples: list[Example]
    meanings: Meanings | None


class Understandings:
    """Remembers what was learned for each shop, in files below `home`; without one nothing. Safe in threads.

    With `meanings` they are heard beside the wording.
    """

    def __init__(self, home: Path | None = None, meanings: Meanings | None = None) -> None:
        self._folder = None if home is None else home / FOLDER
        self._meanings = meanings
        self._embed = meanings.make() if meanings is not None else None
        self._known: dict[str, _Known] = {}
        self._wanted: dict[tuple[str, bool], _Work] = {}
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
        ways = _ways(self._meanings)
        works = [_Work(fingerprint(examples, way), examples, way) for way in ways]
        best = next((place for place, work in enumerate(works) if self._is_learned(work.name)), len(works))
        with self._lock:
            for work in reversed(works[:best]):
                if work.name != self._learning:
                    self._wanted[shop, work.meanings is not None] = work
            if self._is_busy or not self._wanted:
                return
            self._is_busy = True
        threading.Thread(target=self._learn_wanted, name="learning", daemon=True).start()

    def _is_learned(self, name: str) -> bool:
        path = model_file(self._folder or Path(), name)
        return path.exists() and mistaken_file(path).exists()

    def current(self, shop: str, lessons: Lessons) -> "Understanding | None":
        """What this shop understands by now: these intents, or while they are being learned those before; else None."""
        known = self._known.get(shop)
        if known is not None and known.lessons is lessons and not (known.better and known.better.exists()):
            return known.understanding
        found = self._find(lessons)
        if found is None or found.better is not None:
            self.prepare(shop, lessons)
        if found is None:
            return None if known is None else known.understanding
        self._known[shop] = found
        return found.understanding

    def _find(self, lessons: Lessons) -> _Known | None:
        """The best that was learned of these lessons."""
        from jinpai.copilot.hearing.understanding import Understanding
        from jinpai.kit.learning.keeping import find_kept

        if self._folder is None or not lessons.intents:
            return None
        examples, better = lessons.examples(), None
        for way in _ways(self._meanings):
            path = model_file(self._folder, fingerprint(examples, way))
            classifier = find_kept(path)
            if classifier is not None:
                understanding = Understanding(lessons.intents, classifier, Moods(lessons.moods), self._embed)
                return _Known(lessons, understanding, path, better)
            better = path
        return None

    def state(self, shop: str, lessons: Lessons) -> Literal["learning", "before", "current"]:
        """Whether these intents are understood: not at all yet, as they were before they changed, or as they are."""
        if self.current(shop, lessons) is None:
            return "learning"
        return "current" if self._known[shop].lessons is lessons else "before"

    def prove(self, shop: str, lessons: Lessons) -> Proof | None:
        """How well the intents this shop understands by now are told apart; None while that is being learned."""
        understanding = self.current(shop, lessons)
        known = self._known.get(shop)
        if self._folder is None or understanding is None or known is None:
            return None
        mistaken = find_mistaken(known.path)
        if mistaken is None:
            self.prepare(shop, known.lessons)
            return None
        return Proof(known.lessons, understanding, mistaken, known.lessons is lessons)

    def _learn_wanted(self) -> None:
        try:
            while work := self._next():
                self._learn(work)
        except BaseException:
            with self._lock:
                self._is_busy, self._learning = False, ""
            raise

    def _next(self) -> _Work | None:
        """What is to be learned next; with nothing more, who asks for something has to begin again."""
        with self._lock:
            if not self._wanted:
                self._is_busy, self._learning = False, ""
                return None
            work = self._wanted.pop(next(iter(self._wanted)))
            self._learning = work.name
            return work

    def _learn(self, work: _Work) -> None:
        from jinpai.copilot.hearing.building import build

        if self._is_learned(work.name):
            return
        path = model_file(self._folder or Path(), work.name)
        try:
            process = get_context("spawn").Process(target=build, args=(work.examples, path, work.meanings), daemon=True)
            process.start()
            process.join(LONGEST)
            if process.is_alive():
                process.kill()
            _log.info(
                "intents_learned",
                count=len(work.examples),
                by=work.meanings.name if work.meanings else "wording",
                kept=path.exists(),
            )
        except OSError as error:
            _log.error("intents_not_learned", error=str(error))


def understand_now(lessons: Lessons, home: Path, meanings: Meanings | None = None) -> "Understanding":
    """What these intents teach, learned on the spot unless it was kept; kept where the shop's data lies already.

    Where their meanings cannot be told now, their wording alone is learned.
    """
    if home.is_dir():
        return _learned(lessons, home / FOLDER, meanings)
    with TemporaryDirectory() as folder:
        return _learned(lessons, Path(folder), meanings)


def _learned(lessons: Lessons, folder: Path, meanings: Meanings | None) -> "Understanding":
    from jinpai.copilot.hearing.building import learn_and_keep
    from jinpai.copilot.hearing.understanding import Understanding
    from jinpai.kit.learning.keeping import find_kept

    examples = lessons.examples()
    for way in _ways(meanings):
        path = model_file(folder, fingerprint(examples, way))
        classifier = find_kept(path) if mistaken_file(path).exists() else None
        classifier = classifier or learn_and_keep(examples, path, way)
        if classifier is not None:
            return Understanding(lessons.intents, classifier, Moods(lessons.moods), way.make() if way else None)
    raise AssertionError("wording alone can always be learned")


def _ways(meanings: Meanings | None) -> tuple[Meanings | None, ...]:
    """The ways of learning, the best first: with meanings, where they are told, and by wording alone."""
    return (None,) if meanings is None else (meanings, None)
