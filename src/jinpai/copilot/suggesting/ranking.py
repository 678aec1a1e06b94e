"""The three of all replies that fit: the sure, the true and the different; one for each thing asked before a second."""

from collections.abc import Sequence

from jinpai.copilot.hearing.overlaps import overlap
from jinpai.copilot.hearing.understanding import Understood
from jinpai.copilot.hearing.worth import SURE, asked_apart
from jinpai.copilot.skills.attributes import SAID
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.sayings import CHECKING
from jinpai.copilot.suggesting.candidates import candidates, left_to_say
from jinpai.copilot.suggesting.model import MOST, Material, Suggestion

_ALIKE = 0.45
LONGEST = 300
"""Characters of a reply that answers several questions at once."""


def suggest(understood: Understood, ground: Ground, material: Material) -> tuple[Suggestion, ...]:
    """The replies that fit, best first: one for each thing asked before a second for any.

    Those already said here, or not passing the guard, are left out.
    """
    said = _without_makeshifts([*candidates(understood, ground, material)])
    found = [(one.confidence * material.liked(one.id), one) for one in said]
    ranked = sorted(found, key=lambda pair: -pair[0])
    best = {one.intent: (rank, one) for rank, one in reversed(ranked)}
    others = [one for _, one in ranked]
    leading = [one for _, one in sorted(best.values(), key=lambda pair: (pair[1].intent != "", -pair[0]))]
    chosen: list[Suggestion] = []
    for one in (*(_together(leading) or _both(leading, understood, ground)), *leading, *others):
        if len(chosen) == MOST:
            break
        if one.text in material.said or any(overlap(one.text, other.text) > _ALIKE for other in chosen):
            continue
        if material.passes(one.text):
            chosen.append(one)
    left = () if chosen else left_to_say(understood, ground, material)
    return tuple(chosen) or tuple(one for one in left if one.text not in material.said and material.passes(one.text))


def _without_makeshifts(found: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """Without the promise to look it up where the record tells something, and without lines of the record where it has
    an answer to this very question."""
    if any(one.kind in ("fact", "faq") and one.confidence >= SURE for one in found):
        found = [one for one in found if one.id != CHECKING]
    is_answered = any(one.kind == "faq" and one.confidence >= SURE for one in found)
    return [one for one in found if one.id != SAID or not is_answered]


def _together(leading: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """One reply to all that was asked, where records answer more than one question."""
    sure = (one for one in leading if one.kind in ("fact", "faq") and one.confidence >= SURE)
    facts = [*{one.text.removeprefix("亲，"): one for one in reversed([*sure][:MOST])}.values()][::-1]
    if len(facts) < 2 or sum(len(one.text) for one in facts) > LONGEST:
        return ()
    texts = [facts[0].text, *(one.text.removeprefix("亲，") for one in facts[1:])]
    source, id = "；".join(one.source for one in facts), "+".join(one.id for one in facts)
    intent = next((one.intent for one in facts if one.intent), "")
    return (Suggestion("\n".join(texts), source, "fact", facts[-1].confidence, id, intent),)


def _both(leading: Sequence[Suggestion], understood: Understood, ground: Ground) -> Sequence[Suggestion]:
    """One reply to two surely different questions before an order, where words for both fit into it."""
    parts = asked_apart(understood) if ground.order is None else {}
    said = [one for one in leading if one.intent in parts and one.confidence >= SURE][:2]
    if len({parts[one.intent] for one in said}) < 2 or overlap(said[0].text, said[1].text) > _ALIKE:
        return ()
    texts = [said[0].text, said[1].text.removeprefix("亲，")]
    source, id = "；".join(one.source for one in said), "+".join(one.id for one in said)
    joined = Suggestion("\n".join(texts), source, "question", said[1].confidence, id, said[0].intent)
    return (joined,) if len(joined.text) <= LONGEST else ()
