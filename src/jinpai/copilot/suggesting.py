"""Up to three replies for a buyer's message: live facts first, then scripts; the sure, the true and the different."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

from jinpai.copilot.content import Intent, Skill
from jinpai.copilot.hearing.clauses import split_clauses
from jinpai.copilot.hearing.likeness import Alike
from jinpai.copilot.hearing.overlaps import overlap, share_of
from jinpai.copilot.hearing.understanding import Meaning, Understood
from jinpai.copilot.hearing.worth import (
    GOODS,
    LIKELY,
    SURE,
    asked_apart,
    fitting_scenes,
    is_complaint,
    is_evident,
    may_want,
    worth_answering,
)
from jinpai.copilot.recommending.choosing import budget_of, find_wanted, recommended
from jinpai.copilot.skills.answers import Fact, Told, Wording, tell
from jinpai.copilot.skills.attributes import SAID
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.promotions import for_so_many
from jinpai.copilot.skills.questions import NEAR, about_the_same, recorded
from jinpai.copilot.skills.sayings import (
    CHECKING,
    HAGGLING,
    OF_GOODS,
    asks,
    checking,
    sayings,
    which_at_all,
    which_goods,
    which_of,
)
from jinpai.copilot.skills.sizing import may_have_sizes
from jinpai.copilot.skills.skills import SKILLS

MOST = 3
SOOTHING = ("after_sale.complaint_threat", "after_sale.ten_steps")
"""Where the words are that an upset buyer hears before anything else."""
UNKNOWN = "courtesy.unknown_product"
"""The scene that asks which product is meant, for where none is known."""
SORRY = ("抱歉", "对不起", "不好意思")
_WORTH: Mapping[str, float] = {"fact": 1.0, "question": 0.92, "faq": 0.96, "script": 0.85, "soothing": 1.0}
CROSS_SELL = 0.78
"""What a recommendation is worth that follows the answer to something else."""
_ALIKE = 0.45
LIKED = 5.0
"""How much being liked counts among the scripts of one scene, beside speaking of what was asked (up to 1)."""
GUESSED = 0.4
"""Below this a meaning is a guess, and the record of the goods spoken of is asked instead."""
LAST = 0.3
"""How sure of what is said where nothing else was found."""
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
    said = _without_makeshifts([*_candidates(understood, ground, material)])
    found = [(one.confidence * material.liked(one.id), one) for one in said]
    ranked = sorted(found, key=lambda pair: -pair[0])
    best = {one.intent: (rank, one) for rank, one in reversed(ranked)}
    candidates = [one for _, one in ranked]
    leading = [one for _, one in sorted(best.values(), key=lambda pair: (pair[1].intent != "", -pair[0]))]
    chosen: list[Suggestion] = []
    for one in (*(_together(leading) or _both(leading, understood, ground)), *leading, *candidates):
        if len(chosen) == MOST:
            break
        if one.text in material.said or any(overlap(one.text, other.text) > _ALIKE for other in chosen):
            continue
        if material.passes(one.text):
            chosen.append(one)
    left = () if chosen else _left_to_say(understood, ground, material)
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


def _candidates(understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
    if understood.mood.feeling == "upset":
        for scene in SOOTHING:
            yield from _lines(scene, "soothing", 0.99, ground, material, "")
    meanings = [one for one in worth_answering(understood) if one.intent.skill != "size" or may_have_sizes(ground)]
    yield from _wanted(meanings, ground, material)
    is_told = False
    for meaning in meanings:
        said = [one for one in _answers(meaning, understood, ground, material) if _is_fit(one, meaning, ground)]
        least = {"faq": SURE, "script": 2.0}
        is_told = is_told or any(one.confidence >= least.get(one.kind, NEAR) for one in said)
        yield from said
        for told in () if said else _tell_all(checking(ground), material):
            yield _as_told(told, LAST * _WORTH[told.kind], meaning.intent)
    for part in _unheard(meanings, ground.text):
        yield from (one for one in _asked_before(part, "", ground, material.alike) if one.confidence >= SURE)
    if is_complaint(understood):
        return
    yield from _of_matters(meanings, ground, material)
    if ground.product is not None and not is_told:
        for told in _facts("attribute", ground, material):
            yield _as_told(told, SURE, None)
    if not is_told and all(one.confidence < GUESSED for one in meanings):
        yield from _asked_before(ground.text, "", ground, material.alike)


def _of_matters(meanings: Sequence[Meaning], ground: Ground, material: Material) -> Iterable[Suggestion]:
    """The question of the goods' record about the matter asked, where nothing surer is understood in those words."""
    sure = [one for one in meanings if one.confidence >= SURE]
    told = (told for one in sure if one.intent.skill in OF_GOODS for told in _facts(one.intent.skill, ground, material))
    if any(one.id != SAID for one in told):
        return
    elsewhere = {one.words for one in sure if one.intent.branch not in GOODS}
    parts = [part for part in split_clauses(ground.text) or [ground.text] if part not in elsewhere]
    if ground.text not in elsewhere and parts:
        for one in about_the_same("\n".join(parts), ground):
            yield Suggestion(one.text, one.source, "faq", one.sure, one.id)


def _unheard(meanings: Sequence[Meaning], text: str) -> Sequence[str]:
    """The parts of a message that none of the meanings answered was found in."""
    return [part for part in split_clauses(text) if not any(part in one.words for one in meanings)]


def _wanted(meanings: Sequence[Meaning], ground: Ground, material: Material) -> Iterable[Suggestion]:
    """Goods that would do for a buyer who named no product: by the money, or by the kind beside a mere courtesy."""
    if ground.product is not None:
        return
    facts: Sequence[Fact] = ()
    if budget_of(ground) is not None:
        facts = find_wanted(ground) or recommended(ground)
    elif all(may_want(one) or one.confidence < LIKELY for one in meanings):
        facts = find_wanted(ground)
    for told in _tell_all(facts, material):
        yield _as_told(told, SURE, None)


def _is_fit(one: Suggestion, meaning: Meaning, ground: Ground) -> bool:
    """Whether it may answer a mere guess at what is meant: then only what is recorded of the goods spoken of."""
    if ground.product is None:
        return True
    if not is_evident(meaning, ground.text):
        return False
    return (
        meaning.confidence >= GUESSED or one.kind == "faq" or (one.kind == "fact" and meaning.intent.skill in OF_GOODS)
    )


def _answers(meaning: Meaning, understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
    """What may be said to this meaning: what the records tell, questions answered there, then scripts."""
    intent, sure = meaning.intent, meaning.confidence
    known = _known(intent, ground, material)
    for told in known:
        yield _as_told(told, sure * _WORTH[told.kind], intent)
    if intent.cross_sell and (known or ground.product is None):
        for told in _facts("recommend", ground, material):
            yield _as_told(told, sure * CROSS_SELL, intent)
    yield from _asked_before(meaning.words, intent.id, ground, material.alike)
    is_known = bool(known) or ground.product is not None
    scenes = (one for one in fitting_scenes(intent, understood, ground.text) if one != UNKNOWN or not is_known)
    for rank, scene in enumerate(scenes):
        yield from _lines(scene, "script", sure * (1 - 0.04 * rank), ground, material, intent.id)


def _known(intent: Intent, ground: Ground, material: Material) -> Sequence[Told]:
    """What the records tell to it, else what asks for the rest: first which goods are meant where several may be."""
    reckoned = for_so_many(ground) if intent.branch == HAGGLING else []
    found = _tell_all(which_goods(intent, ground) or reckoned, material) or [*_facts(intent.skill, ground, material)]
    if not found and ground.product is None and intent.skill in OF_GOODS and "pre_sale" in intent.audience:
        found = _tell_all(find_wanted(ground), material)
    return found or [*sayings(intent, ground, material.wordings, material.turn)]


def _as_told(told: Told, confidence: float, intent: Intent | None) -> Suggestion:
    name = intent.id if intent is not None else ""
    return Suggestion(told.text, told.source, told.kind, confidence, told.id, name, told.card)


def _facts(skill: Skill | None, ground: Ground, material: Material) -> Sequence[Told]:
    return [] if skill is None else _tell_all(SKILLS[skill](ground), material)


def _tell_all(facts: Iterable[Fact], material: Material) -> list[Told]:
    return [*filter(None, (tell(fact, material.wordings, material.turn) for fact in facts))]


def _left_to_say(understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
    """What is said where no meaning leads to anything that may be said: goods of the kind named, else that it will be
    looked up, else which goods are meant at all."""
    facts = find_wanted(ground) or checking(ground)
    if not facts and asks(ground.text):
        is_of_goods = all(one.intent.skill in OF_GOODS for one in understood.meanings)
        facts = which_of(ground) or (which_at_all(ground) if is_of_goods else [])
    for told in _tell_all(facts, material):
        yield _as_told(told, LAST * _WORTH[told.kind], None)


def _lines(
    scene: str, worth: str, sure: float, ground: Ground, material: Material, intent: str
) -> Iterable[Suggestion]:
    """The scene's scripts: those that did well before and speak of what was asked come first."""
    lines = material.scripts(scene)
    fit = {
        line.id: line.weight + share_of(ground.text, line.title + line.text) + LIKED * (material.liked(line.id) - 1)
        for line in lines
    }
    if worth == "soothing":
        fit = {line.id: fit[line.id] + any(word in line.text for word in SORRY) for line in lines}
    for rank, line in enumerate(sorted(lines, key=lambda one: -fit[one.id])[:MOST]):
        confidence = sure * _WORTH[worth] * (1 - 0.05 * rank)
        yield Suggestion(line.text, f"话术：{line.title}", "script", confidence, line.id, intent)


def _asked_before(words: str, intent: str, ground: Ground, alike: Alike) -> Iterable[Suggestion]:
    """Questions answered in the records of the goods and their promotions that are the one asked."""
    for one in recorded(words, ground, alike):
        yield Suggestion(one.text, one.source, "faq", one.sure, one.id, intent)
