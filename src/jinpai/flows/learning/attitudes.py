"""What buyers' talk about the price teaches, kept beside the shop's data so that a command need not learn it again."""

import hashlib
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import structlog

from jinpai.bargaining.attitudes import Attitudes, learn_attitudes, words_of
from jinpai.bargaining.content import BargainingEntry
from jinpai.flows.learning.understanding import FOLDER, LONGEST
from jinpai.kit.memo import remember

if TYPE_CHECKING:
    from jinpai.flows.content.shop import ShopContent

FORM = "1"
"""Changes with the way of learning, so that nothing kept by an older program is read."""

_learning = Lock()
_log = structlog.get_logger()


@remember
def attitudes_of(content: "ShopContent", home: Path) -> Attitudes:
    """What a shop's content teaches, once for all who listen; the first time it may take a few seconds to learn.

    Who asks meanwhile waits for that one learning and does not begin another.
    """
    entries = content.attitudes
    with _learning:
        if home.is_dir() and not _file(entries, home).exists():
            _learn_apart(entries, home)
        return attitudes_now(entries, home)


def attitudes_now(entries: tuple[BargainingEntry, ...], home: Path) -> Attitudes:
    """What these entries teach, learned on the spot unless it was kept; kept where the shop's data lies already."""
    from jinpai.kit.learning.keeping import find_kept, keep

    path = _file(entries, home)
    classifier = find_kept(path)
    if classifier is not None:
        return Attitudes(words_of(entries), classifier)
    learned = learn_attitudes(entries)
    if learned.classifier is not None and home.is_dir():
        keep(learned.classifier, path)
    return learned


def _file(entries: tuple[BargainingEntry, ...], home: Path) -> Path:
    told = "\n".join([FORM, *(entry.model_dump_json() for entry in entries)])
    return home / FOLDER / f"attitudes-{hashlib.sha256(told.encode()).hexdigest()[:24]}.npz"


def _learn_apart(entries: tuple[BargainingEntry, ...], home: Path) -> None:
    """Learn in a process of its own: it takes 90 MiB, which a server would not give back."""
    try:
        process = get_context("spawn").Process(target=attitudes_now, args=(entries, home), daemon=True)
        process.start()
    except (OSError, AssertionError) as error:
        _log.warning("attitudes_learned_here", error=str(error))
        return
    process.join(LONGEST)
    if process.is_alive():
        process.kill()
