"""Which of the meanings heard in a message are worth an answer beside each other."""

from collections.abc import Sequence

from jinpai.copilot.hearing.understanding import CERTAIN, SMALL_BRANCHES, Meaning, Understood

SMALL_TALK = "small_talk"
NODDING = ("acknowledge", "decline")
"""The intents that are answered only where nothing else was said."""
GOODS = ("product", "size", "choice", "stock")
"""The branches of what is asked of goods themselves."""
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
