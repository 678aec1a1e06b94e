"""The rules every script obeys beside the guard's: a smile at both ends, the buyer first, no claim without a fact."""

import re
from collections.abc import Iterable, Sequence

from jinpai.playbook.claims import unproven
from jinpai.playbook.content import AutoReply, Script
from jinpai.playbook.scenes import SCENES, SMILING

WANTED_PER_SCENE = 6
"""How many scripts a scene should have, in at least two tones."""

_SMILE = re.compile(r"[😀-😊😌😍🤗🥰☺🙂]|\[微笑\]|\^_\^")
_SELF = re.compile(r"我(?!们|国)")
_BUYER = re.compile(r"您|咱们")


def check_script(script: Script) -> list[str]:
    """What a script does wrong, as sentences with the fix; empty when it is sound."""
    problems = check_wording(script.text)
    if script.scene in SMILING and not has_smile(script.text):
        problems.append("问候和告别要带一个微笑表情，请加上，例如 😊")
    for claim in unproven(script.text, script.when):
        conditions = "、".join(claim.conditions)
        problems.append(f"说到了{claim.title}，只有属实才能说：请在 when 里写上条件（{conditions}），或换个说法")
    return problems


def check_auto_reply(reply: AutoReply) -> list[str]:
    """What an automatic reply does wrong, as sentences with the fix."""
    problems = check_wording(reply.text)
    if reply.trigger in ("first_contact", "online") and not has_smile(reply.text):
        problems.append("首次问候要带一个微笑表情，请加上，例如 😊")
    return problems


def check_wording(text: str) -> list[str]:
    """What the wording of any text to a buyer does wrong."""
    if len(_SELF.findall(text)) > len(_BUYER.findall(text)):
        return ["“我”太多了，请多用“您”“咱们”，从买家的角度说"]
    return []


def has_smile(text: str) -> bool:
    """Whether a text carries a smile."""
    return _SMILE.search(text) is not None


def repeated_codes(scripts: Iterable[Script]) -> list[tuple[str, str]]:
    """(script id, sentence) for every quick code that an earlier script already has."""
    first: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for script in scripts:
        if script.code is None:
            continue
        other = first.setdefault(script.code, script.id)
        if other != script.id:
            found.append((script.id, f"快捷码“{script.code}”已经用在“{other}”，请换一个"))
    return found


def thin_scenes(scripts: Sequence[Script]) -> dict[str, int]:
    """How many scripts are there for each scene that has fewer than it should, or only one tone."""
    found: dict[str, int] = {}
    for scene in SCENES:
        here = [script for script in scripts if script.scene == scene]
        if len(here) < WANTED_PER_SCENE or len({script.tone for script in here}) < 2:
            found[scene] = len(here)
    return found
