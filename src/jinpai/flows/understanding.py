"""Every shop's understanding of buyers as this process remembers it, learned anew whenever the intents change.

Learning happens in a process of its own; until it is done, messages are understood by what was learned before.
What needs numpy is imported when the first message is understood.
"""

import threading
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from jinpai.copilot.model import Example, Lessons, fingerprint, model_file
from jinpai.copilot.moods import Moods

if TYPE_CHECKING:
    from jinpai.copilot.understanding import Understanding

FOLDER = "models"
LONGEST = 300
"""Seconds after which learning is given up."""

_log = structlog.get_logger()


class Understandings:
    """Remembers what was learned for each shop, in files below `home`; without one nothing. Safe in threads."""

    def __init__(self, home: Path | None = None) -> None:
        self._folder = None if home is None else home / FOLDER
        self._known: dict[str, tuple[Lessons, Understanding | None]] = {}
        self._learning: set[str] = set()
        self._lock = threading.Lock()

    def prepare(self, lessons: Lessons) -> None:
        """Begin to learn these intents in the background, unless that is done or under way."""
        if self._folder is None or not lessons.intents:
            return
        examples = lessons.examples()
        name = fingerprint(examples)
        if model_file(self._folder, name).exists():
            return
        with self._lock:
            if name in self._learning:
                return
            self._learning.add(name)
        work = (examples, name, model_file(self._folder, name))
        threading.Thread(target=self._learn, args=work, name="learning", daemon=True).start()

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
            self.prepare(lessons)
            return None if known is None else known[1]
        understanding = Understanding(lessons.intents, classifier, Moods(lessons.moods))
        self._known[shop] = (lessons, understanding)
        return understanding

    def _learn(self, examples: list[Example], name: str, path: Path) -> None:
        from jinpai.copilot.building import build

        try:
            process = get_context("spawn").Process(target=build, args=(examples, path), daemon=True)
            process.start()
            process.join(LONGEST)
            if process.is_alive():
                process.kill()
            _log.info("intents_learned", count=len(examples), kept=path.exists())
        except OSError as error:
            _log.error("intents_not_learned", error=str(error))
        finally:
            with self._lock:
                self._learning.discard(name)


def understand_now(lessons: Lessons, home: Path) -> "Understanding":
    """What these intents teach, learned on the spot unless it was kept; kept where the shop's data lies already."""
    from jinpai.copilot.understanding import Understanding
    from jinpai.kit.learning.keeping import find_kept, keep

    examples = lessons.examples()
    path = model_file(home / FOLDER, fingerprint(examples))
    classifier = find_kept(path)
    if classifier is None:
        from jinpai.copilot.building import learn_examples

        classifier = learn_examples(examples)
        if home.is_dir():
            keep(classifier, path)
    return Understanding(lessons.intents, classifier, Moods(lessons.moods))
