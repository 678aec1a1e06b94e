"""What buyers' talk about the price teaches, kept beside the shop's data so that a command need not learn it again."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinpai.bargaining.attitudes import Attitudes, learn_attitudes, words_of
from jinpai.bargaining.content import BargainingEntry
from jinpai.flows.understanding import FOLDER
from jinpai.kit.memo import remember

if TYPE_CHECKING:
    from jinpai.flows.content import ShopContent

FORM = "1"
"""Changes with the way of learning, so that nothing kept by an older program is read."""


@remember
def attitudes_of(content: "ShopContent", home: Path) -> Attitudes:
    """What a shop's content teaches, once for all who listen; the first time it may take a second or two to learn."""
    return attitudes_now(content.attitudes, home)


def attitudes_now(entries: tuple[BargainingEntry, ...], home: Path) -> Attitudes:
    """What these entries teach, learned on the spot unless it was kept; kept where the shop's data lies already."""
    from jinpai.kit.learning.keeping import find_kept, keep

    told = "\n".join([FORM, *(entry.model_dump_json() for entry in entries)])
    path = home / FOLDER / f"attitudes-{hashlib.sha256(told.encode()).hexdigest()[:24]}.npz"
    classifier = find_kept(path)
    if classifier is not None:
        return Attitudes(words_of(entries), classifier)
    learned = learn_attitudes(entries)
    if learned.classifier is not None and home.is_dir():
        keep(learned.classifier, path)
    return learned
