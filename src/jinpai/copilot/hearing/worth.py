"""Which of the meanings heard in a message are worth an answer beside each other."""

from collections.abc import Mapping, Sequence

from jinpai.copilot.content import Intent
from jinpai.copilot.hearing.understanding import CERTAIN, SMALL_BRANCHES, Meaning, Understood
from jinpai.playbook.scene_words import SCENE_WORDS

OBJECTIONS = "objections."
"""What scenes begin with that answer a worry; to a plain question they would talk one into it."""
SMALL_TALK = "small_talk"
GREETING, TALK = "greeting", "talk"
"""The branches of courtesies: who greets may want goods, who is surely praising or thanking wants none."""
NODDING = ("acknowledge", "decline")
"""The intents that are answered only where nothing else was said."""
GOODS = ("product", "size", "choice", "stock")
"""The branches of what is asked of goods themselves."""
ASKED_TOGETHER = ("product", "size", "after_sale", "freight", "logistics", "payment", "shop")
"""The branches whose questions may be answered in one reply; a price is talked about by itself."""
EVIDENCE: Mapping[str, str] = {
    "promotion": "惠活动券送赠减折红包",
    "price": "价钱便宜贵块元少折惠活动减多卖",
    "payment": "付款支花呗卡钱期刷",
    "freight": "运邮快寄发送到费包块",
    "stock": "货有存卖色码款规格",
}
"""One of these letters must stand in a message before a mere guess at a branch is answered beside goods."""
FAULTS = ("quality_problem", "damaged", "wrong_or_missing_item")
AFTER_FAULTS = ("exchange", "exchange_state", "return", "size_unfit", "find_product")
"""What a buyer wants who got something bad is answered with the fault, not as if they had changed their mind."""
BEFORE_DISPATCH = ("change_sku", "change_address", "change_quantity", "cancel_order", "merge_orders", "split_order")
"""Who wants this tells `还没发货` because it is still possible, not to urge."""
LIKELY = 0.5
"""From here on a fault is heard before what it makes the buyer want."""
SURE = 0.66
"""From here on a meaning is surely meant, and its answer put together with others into one reply."""


def worth_answering(understood: Understood) -> Sequence[Meaning]:
    """The meanings without what is doubtful beside a certain one, and small talk beside a matter of the trade."""
    meanings = understood.meanings
    is_trade = any(one.intent.branch not in SMALL_BRANCHES for one in meanings)
    least = SURE if any(one.confidence >= CERTAIN for one in meanings) else 0.0
    found = [one for one in meanings if one.confidence >= least]
    found = [one for one in found if one.intent.id != SMALL_TALK or not is_trade]
    if any(one.intent.id in FAULTS and one.confidence >= LIKELY for one in found):
        found = [one for one in found if one.intent.id not in AFTER_FAULTS]
    if any(one.intent.id in BEFORE_DISPATCH and one.confidence >= SURE for one in found):
        found = [one for one in found if one.intent.id != "urge_dispatch"]
    return [one for one in found if one.intent.id not in NODDING] or found


def is_evident(meaning: Meaning, text: str) -> bool:
    """Whether a meaning is surer than a guess, or words of its branch stand in the text."""
    letters = EVIDENCE.get(meaning.intent.branch)
    return meaning.confidence >= LIKELY or letters is None or any(letter in text for letter in letters)


def is_complaint(understood: Understood) -> bool:
    """Whether the buyer tells of something bad rather than asks about goods."""
    return understood.urgent or any(one.intent.id in FAULTS and one.confidence >= LIKELY for one in understood.meanings)


def may_want(meaning: Meaning) -> bool:
    """Whether who says this courtesy may be looking for goods; who praises or gives thanks is not."""
    branch = meaning.intent.branch
    return branch == GREETING or (branch == TALK and meaning.confidence < SURE)


def asked_apart(understood: Understood) -> Mapping[str, str]:
    """The intents surely meant that may be answered beside others, with the words each was found in; none of a buyer
    who must be heard first."""
    if understood.urgent or understood.mood.feeling == "upset":
        return {}
    return {
        one.intent.id: one.words
        for one in understood.meanings
        if one.confidence >= SURE and one.intent.branch in ASKED_TOGETHER
    }


def fitting_scenes(intent: Intent, understood: Understood, text: str) -> Sequence[str]:
    """The intent's scenes, those first whose own words were said; objections only where a worry was heard."""
    said = {scene for scene in intent.scenes if any(word in text for word in SCENE_WORDS[scene])}
    is_worried = understood.mood.feeling in ("worried", "upset")
    is_worried = is_worried or all(one.startswith(OBJECTIONS) for one in intent.scenes)
    offered = [one for one in intent.scenes if not one.startswith(OBJECTIONS) or is_worried or one in said]
    return sorted(offered, key=lambda scene: scene not in said)
