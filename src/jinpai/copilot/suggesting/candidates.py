"""Every reply that fits a buyer's message: live facts first, then what the records answer, then scripts."""

from collections.abc import Iterable, Mapping, Sequence

from jinpai.copilot.content import Intent, Skill
from jinpai.copilot.hearing.clauses import split_clauses
from jinpai.copilot.hearing.likeness import Alike
from jinpai.copilot.hearing.overlaps import share_of
from jinpai.copilot.hearing.understanding import Meaning, Understood
from jinpai.copilot.hearing.worth import (
    GOODS,
    LIKELY,
    SURE,
    fitting_scenes,
    is_complaint,
    is_evident,
    may_want,
    worth_answering,
)
from jinpai.copilot.recommending.choosing import budget_of, find_wanted, recommended
from jinpai.copilot.skills.answers import Fact, Told, tell
from jinpai.copilot.skills.attributes import SAID
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.promotions import for_so_many
from jinpai.copilot.skills.questions import NEAR, about_the_same, recorded
from jinpai.copilot.skills.sayings import (
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
from jinpai.copilot.suggesting.model import GUESSED, MOST, Material, Suggestion

SOOTHING = ("after_sale.complaint_threat", "after_sale.ten_steps")
"""Where the words are that an upset buyer hears before anything else."""
UNKNOWN = "courtesy.unknown_product"
"""The scene that asks which product is meant, for where none is known."""
SORRY = ("抱歉", "对不起", "不好意思")
_WORTH: Mapping[str, float] = {"fact": 1.0, "question": 0.92, "faq": 0.96, "script": 0.85, "soothing": 1.0}
CROSS_SELL = 0.78
"""What a recommendation is worth that follows the answer to something else."""
LIKED = 5.0
"""How much being liked counts among the scripts of one scene, beside speaking of what was asked (up to 1)."""
LAST = 0.3
"""How sure of what is said where nothing else was found."""


def candidates(understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
    """All that may be said, each as sure as its source; an upset buyer hears the soothing words too."""
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


def left_to_say(understood: Understood, ground: Ground, material: Material) -> Iterable[Suggestion]:
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
