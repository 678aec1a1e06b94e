"""Up to three replies for a buyer's message: live facts first, then scripts; the sure, the true and the different."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from jinpai.copilot.answers import SAYING, Fact, Told, Wording, tell
from jinpai.copilot.content import Intent, Skill
from jinpai.copilot.ground import Ground
from jinpai.copilot.likeness import Alike
from jinpai.copilot.skills import SKILLS
from jinpai.copilot.understanding import Meaning, Understood

MOST = 3
SOOTHING = ("after_sale.complaint_threat", "after_sale.ten_steps")
"""Where the words are that an upset buyer hears before anything else."""
SORRY = ("抱歉", "对不起", "不好意思")
_WORTH: Mapping[str, float] = {"fact": 1.0, "question": 0.92, "faq": 0.96, "script": 0.85, "soothing": 1.0}
CROSS_SELL = 0.78
"""What a recommendation is worth that follows the answer to something else."""
_ALIKE = 0.45
LIKED = 5.0
"""How much being liked counts among the scripts of one scene, beside speaking of what was asked (up to 1)."""
SAME = 0.65
"""How alike a question of the product's record must be to the one asked to be it."""
LONGEST = 300
"""Characters of a reply that answers several questions at once."""

Kind = Literal["fact", "question", "faq", "script", "phrased"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply that may be sent as it is: where it comes from, which intent it answers, how sure it fits (0–1).

    `id` names its source for counting what came of it: a script's id, or the wording of a fact. `card` are the ids of
    the product and the variant (or "") whose card goes with it.
    """

    text: str
    source: str
    kind: Kind
    confidence: float
    id: str
    intent: str = ""
    card: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Line:
    """A script that may be said now, all filled in; `weight` is how well it did before (0–1)."""

    id: str
    scene: str
    title: str
    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Material:
    """What suggestions are made of: wordings for facts, scripts by scene, and whether a text passes the guard.

    `liked` is the factor by which what came of a source before moves it in rank, `alike` how alike two questions are.
    """

    wordings: Mapping[str, Wording] = field(default_factory=dict)
    scripts: Callable[[str], Sequence[Line]] = lambda scene: ()
    passes: Callable[[str], bool] = lambda text: True
    said: AbstractSet[str] = frozenset()
    liked: Callable[[str], float] = lambda source: 1.0
    turn: int = 0
    alike: Alike = lambda one, other: 0.0


def suggest(understood: Understood, ground: Ground, material: Material) -> tuple[Suggestion, ...]:
    """The replies that fit, best first: one for each thing asked before a second for any.

    Those already said here, or not passing the guard, are left out.
    """
    found = [(one.confidence * material.liked(one.id), one) for one in _candidates(understood, ground, material)]
    ranked = sorted(found, key=lambda pair: -pair[0])
    best = {one.intent: (rank, one) for rank, one in reversed(ranked)}
    candidates = [one for _, one in ranked]
    leading = [one for _, one in sorted(best.values(), key=lambda pair: (pair[1].intent != "", -pair[0]))]
    chosen: list[Suggestion] = []
    for one in (*_together(leading), *leading, *candidates):
        if len(chosen) == MOST:
            break
        if one.text in material.said or any(_alike(one.text, other.text) > _ALIKE for other in chosen):
            continue
        if material.passes(one.text):
            chosen.append(one)
    return tuple(chosen)


def _together(leading: Sequence[Suggestion]) -> Sequence[Suggestion]:
    """One reply to all that was asked, where records answer more than one question."""
    facts = [one for one in leading if one.kind in ("fact", "faq")][:MOST]
    if len(facts) < 2 or sum(len(one.text) for one in facts) > LONGEST:
        return ()
    texts = [facts[0].text, *(one.text.removeprefix("亲，") for one in facts[1:])]
    source, id = "；".join(one.source for one in facts), "+".join(one.id for one in facts)
    return (Suggestion("\n".join(texts), source, "fact", facts[-1].confidence, id, facts[0].intent),)


def _candidates(understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
    if understood.mood.feeling == "upset":
        for scene in SOOTHING:
            yield from _lines(scene, "soothing", 0.99, ground, material, "")
    for meaning in understood.meanings:
        intent, sure = meaning.intent, meaning.confidence
        known = [*_facts(intent.skill, ground, material)] or [*_sayings(intent, ground, material)]
        for told in known:
            yield _as_told(told, sure * _WORTH[told.kind], intent)
        if intent.cross_sell:
            for told in _facts("recommend", ground, material):
                yield _as_told(told, sure * CROSS_SELL, intent)
        yield from _asked_before(meaning, ground, material.alike)
        for rank, scene in enumerate(intent.scenes):
            yield from _lines(scene, "script", sure * (1 - 0.04 * rank), ground, material, intent.id)


def _as_told(told: Told, confidence: float, intent: Intent) -> Suggestion:
    return Suggestion(told.text, told.source, told.kind, confidence, told.id, intent.id, told.card)


def _facts(skill: Skill | None, ground: Ground, material: Material) -> Iterable[Told]:
    if skill is None:
        return
    for fact in SKILLS[skill](ground):
        told = tell(fact, material.wordings, material.turn)
        if told is not None:
            yield told


def _sayings(intent: Intent, ground: Ground, material: Material) -> Iterable[Told]:
    """What is said to this where the records have no answer: it asks for what is missing and claims nothing."""
    shop = ground.shop
    hours = shop.service.hours if shop is not None else None
    values = {"营业时间": f"{hours.open}–{hours.close}" if hours else "", "店铺": shop.name if shop is not None else ""}
    fact = Fact(SAYING + intent.id, f"应答：{intent.title}", {name: it for name, it in values.items() if it}, asks=True)
    wording = material.wordings.get(fact.wording)
    ways = range(len(wording.texts)) if wording is not None else ()
    return filter(None, (tell(fact, material.wordings, material.turn + way) for way in ways))


def _lines(
    scene: str, worth: str, sure: float, ground: Ground, material: Material, intent: str
) -> Iterable[Suggestion]:
    """The scene's scripts: those that did well before and speak of what was asked come first."""
    lines = material.scripts(scene)
    fit = {
        line.id: line.weight + _shared(ground.text, line.title + line.text) + LIKED * (material.liked(line.id) - 1)
        for line in lines
    }
    if worth == "soothing":
        fit = {line.id: fit[line.id] + any(word in line.text for word in SORRY) for line in lines}
    for rank, line in enumerate(sorted(lines, key=lambda one: -fit[one.id])[:MOST]):
        confidence = sure * _WORTH[worth] * (1 - 0.05 * rank)
        yield Suggestion(line.text, f"话术：{line.title}", "script", confidence, line.id, intent)


def _asked_before(meaning: Meaning, ground: Ground, alike: Alike) -> Iterable[Suggestion]:
    """Questions of the product's record that are the one asked."""
    product = ground.product
    if product is None:
        return
    for number, asked in enumerate(product.faq):
        likeness = alike(asked.question, meaning.words)
        if likeness >= SAME:
            name, source = f"faq.{product.id}.{number}", f"商品问答：{asked.question}"
            yield Suggestion(asked.answer, source, "faq", 0.75 + likeness / 4, name, meaning.intent.id)


def _pairs(text: str) -> set[str]:
    letters = [letter for letter in text if letter.isalnum()]
    return {first + second for first, second in pairwise(letters)}


def _alike(one: str, other: str) -> float:
    """How many of their pairs of letters two texts share (0–1)."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _shared(asked: str, said: str) -> float:
    """How much of what is asked comes up in what is said (0–1)."""
    mine = _pairs(asked)
    return len(mine & _pairs(said)) / max(3, len(mine))
