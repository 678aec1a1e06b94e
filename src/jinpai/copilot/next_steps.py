"""The stage a reception stands at, and what a good agent would do now; each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinpai.copilot.hearing.understanding import ENOUGH, Understood
from jinpai.copilot.skills.ground import Ground

MOST = 3


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do now, and why."""

    id: str
    reason: str


_BY_INTENT: Mapping[str, tuple[str, str]] = {
    "size_advice": ("write_profile", "买家说了身高体重，记进客户资料，下次不用再问"),
    "recommend_me": ("recommend", "买家请您推荐，按用途挑一两款，说清理由"),
    "matching": ("recommend", "买家想搭配，推荐合得来的商品并说清理由"),
    "out_of_stock_alternative": ("recommend", "想要的没货，推荐同类有货的"),
    "hesitation": ("offer_choice", "买家在犹豫，给两个选择比追问更容易决定"),
    "just_looking": ("offer_choice", "买家随便看看，给个方向，不催单"),
    "purchase_signal": ("confirm_address", "买家要买了，核对规格、数量和地址"),
    "payment_done": ("confirm_address", "买家已经付款，核对收货地址"),
    "ordered_notice": ("confirm_address", "买家已经下单，核对收货地址"),
    "change_address": ("confirm_address", "买家要改地址，改前改后都念给买家核对"),
    "bargaining": ("ask_supervisor", "让价超出权限的，先问主管，再给答复"),
    "threat_to_leave": ("ask_supervisor", "买家可能去别家，看看主管能给什么"),
    "damaged": ("open_case", "收到的有破损，建售后单，请买家拍照"),
    "quality_problem": ("open_case", "有质量问题，建售后单跟到解决"),
    "wrong_or_missing_item": ("open_case", "发错或少件，建售后单核实补发"),
    "stuck_or_lost_parcel": ("open_case", "物流不动或可能丢件，建单找快递核实"),
    "refund_late": ("open_case", "退款超时，建单查明去向"),
    "complaint": ("open_case", "买家投诉，建单并通知主管"),
    "return": ("open_case", "买家要退货，问清原因后建退货单"),
    "exchange": ("open_case", "买家要换货，问清要换的规格后建单"),
    "remark": ("note_remark", "把买家的要求备注到订单"),
    "gift_note": ("note_remark", "把买家的留言备注到订单"),
    "delivery_appointment": ("note_remark", "把送货时间备注到订单"),
}


def next_actions(understood: Understood, ground: Ground) -> tuple[Action, ...]:
    """What would help now, most pressing first, at most three."""
    found: dict[str, Action] = {}
    if understood.mood.feeling == "upset":
        found["soothe"] = Action(
            "soothe", f"买家不高兴（{'、'.join(understood.mood.words[:2])}），先道歉安抚，再问经过"
        )
    sure = [one.intent for one in understood.meanings if one.confidence >= ENOUGH]
    for intent in sure:
        if intent.id in _BY_INTENT:
            action = Action(*_BY_INTENT[intent.id])
            found.setdefault(action.id, action)
    handover = next((intent for intent in sure if intent.handover), None)
    if handover is not None:
        found.setdefault("hand_over", Action("hand_over", f"“{handover.title}”要由人来决定，必要时请主管"))
    order = ground.order
    if order is not None and order.state == "unpaid" and "confirm_address" not in found:
        found["send_reminder"] = Action("send_reminder", "有一笔订单还没付款，答完问题顺带提一句")
    return tuple(found.values())[:MOST]


def find_stage(understood: Understood, ground: Ground, *, is_first: bool) -> str:
    """The stage of the reception: one of the nine before a sale, or `in_sale`, `after_sale`."""
    top = understood.meanings[0].intent if understood.meanings else None
    if top is not None and top.audience == ("after_sale",):
        return "after_sale"
    if top is not None and "pre_sale" not in top.audience:
        return "in_sale"
    if is_first and (top is None or top.branch == "greeting"):
        return "welcome"
    if top is not None and top.id in _STAGES:
        return _STAGES[top.id]
    if ground.order is not None and ground.order.state == "unpaid":
        return "confirm"
    return "promotion" if top is not None and top.branch == "promotion" else "needs"


_STAGES: Mapping[str, str] = {
    "thanks_bye": "farewell",
    "decline": "farewell",
    "recommend_me": "recommend",
    "matching": "recommend",
    "comparison": "recommend",
    "hesitation": "follow_up",
    "just_looking": "follow_up",
    "purchase_signal": "confirm",
    "payment_done": "confirm",
    "ordered_notice": "confirm",
    "discount_ask": "promotion",
}
