"""What the copilot does by itself about a buyer's words: answer, hand over to a person, ask back once, or leave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jinpai.copilot.hearing.understanding import ENOUGH, SMALL_BRANCHES, Meaning, Understood
from jinpai.copilot.modes.modes import BY_ITSELF, MODES, Mode, Modes, needed
from jinpai.copilot.skills.answers import SAYING
from jinpai.copilot.suggesting.model import Suggestion


@dataclass(frozen=True, slots=True)
class Heard:
    """What the copilot knows of what the buyer waits for: the best replies, and how the reception went so far.

    `unsure_before`: it had not been sure in this reception just before; `baited`: the words try to lead it on.
    """

    understood: Understood
    suggestions: Sequence[Suggestion]
    unsure_before: bool = False
    upset: bool = False
    baited: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What it does and why, in words for staff; `rule` names the reason, `sure` is in per cent.

    `answer` says the suggestion, `hand` calls a person, `again` asks the buyer to put it otherwise, `leave` does
    nothing. `mode` is the one that counted for these words.
    """

    does: Literal["answer", "hand", "again", "leave"]
    mode: Mode
    rule: str
    why: str
    suggestion: Suggestion | None = None
    sure: int = 0


def mode_for(modes: Modes, base: Mode, meanings: Sequence[Meaning]) -> Mode:
    """The mode for these meanings where `base` is the shop's at the time: the most careful of theirs."""
    if base == "off" or not meanings:
        return base
    own = [modes.intents.get(one.intent.id, modes.intents.get(one.intent.branch, base)) for one in meanings]
    return min(own, key=MODES.index)


def decide(modes: Modes, base: Mode, heard: Heard) -> Decision:
    """What the copilot does about these words where `base` is the shop's mode at the time."""
    meanings = heard.understood.meanings
    mode = mode_for(modes, base, meanings)
    if mode not in BY_ITSELF:
        return Decision("leave", mode, "mode", "这类问题由客服回答")
    rule = _for_a_person(modes, heard)
    if rule is not None:
        return Decision("hand", mode, *rule)
    if mode == "auto" and is_courtesy(meanings):
        return Decision("leave", mode, "courtesy", "只是招呼和客套，不抢客服的话")
    best = next((one for one in heard.suggestions if not one.id.startswith(SAYING)), None)
    sure = 0 if best is None else _sureness(best, meanings)
    if best is not None and sure >= needed(modes, mode):
        return Decision("answer", mode, "sure", "有把握", best, sure)
    if heard.unsure_before:
        return Decision("hand", mode, "unsure", "连着两次没有把握", best, sure)
    why = "没有把握" if best is not None else "没有查到可以回答的事实或话术"
    return Decision("again" if mode == "full" else "leave", mode, "unsure", why, best, sure)


def is_courtesy(meanings: Sequence[Meaning]) -> bool:
    """Whether nothing but courtesies was said; what was not understood at all is none."""
    return bool(meanings) and all(one.intent.branch in SMALL_BRANCHES for one in meanings)


def _for_a_person(modes: Modes, heard: Heard) -> tuple[str, str] | None:
    """The rule by which a person is called, and why."""
    if heard.baited:
        return "bait", "买家的话像是在套话或下套"
    if heard.upset or heard.understood.mood.feeling == "upset":
        return "upset", "买家不满，要人来安抚"
    for one in heard.understood.meanings:
        if one.confidence < ENOUGH:
            continue
        for rule, told in modes.handover.items():
            if one.intent.id in told.questions or one.intent.branch in told.questions:
                return rule, f"{told.title}：{one.intent.title}"
        if one.intent.handover:
            return "intent", f"要由人决定：{one.intent.title}"
    return None


def _sureness(best: Suggestion, meanings: Sequence[Meaning]) -> int:
    """How sure it is that the reply answers all that was asked, in per cent; 0 where something is left unanswered."""
    asked: Mapping[str, float] = {
        one.intent.id: one.confidence
        for one in meanings
        if one.confidence >= ENOUGH and one.intent.branch not in SMALL_BRANCHES
    }
    if len(asked) > best.id.count("+") + 1:
        return 0
    heard = next((one.confidence for one in meanings if one.intent.id == best.intent), 0.0)
    return int(100 * min((best.confidence, heard, *asked.values())))
