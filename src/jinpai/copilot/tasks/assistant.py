"""An assistant without a language model: hears what is asked, clause by clause, and does it with the shop's tools."""

import re
from collections.abc import Callable, Mapping, Sequence

from jinpai.copilot.tasks import buying, changing, exchanging, informing, serving
from jinpai.copilot.tasks.conditions import holds
from jinpai.copilot.tasks.hearing import Heard, hear
from jinpai.copilot.tasks.model import Task, ToolRefusal, Tools
from jinpai.copilot.tasks.talk import Talk
from jinpai.copilot.tasks.wanting import clauses, is_asking, is_later, wanted

_CHECKED = re.compile(r"审核|验证|核实|核对|查证")
_DOING = frozenset(("cancel", "return", "exchange", "modify", "buy", "protect"))
_DEEDS: Mapping[str, Callable[[Talk, Heard], str]] = {
    "compare": informing.compare,
    "discount": informing.tell_discounts,
    "card": informing.tell_card,
    "balance": informing.tell_balance,
    "install": informing.tell_part("get_installation_service_info", "安装说明"),
    "repair": informing.tell_part("get_repair_info", "维修说明"),
    "materials": informing.tell_part("get_auxiliary_materials_info", "辅材"),
    "gift": informing.tell_gift,
    "fault": informing.tell_fault,
    "product": informing.tell_product,
    "order": informing.tell_order,
    "logistics": informing.tell_logistics,
    "protect": changing.protect_price,
    "cancel": changing.cancel,
    "return": changing.take_back,
    "exchange": exchanging.exchange,
    "modify": changing.change_receiver,
    "urge": changing.urge,
    "schedule": serving.book,
    "invoice": serving.write_invoice,
    "cashback": serving.cash_back,
    "cashback_how": serving.tell_cash_back,
    "recommend": buying.recommend,
    "buy": buying.buy,
}


class RuleAssistant:
    """Answers one buyer; remembers the talk."""

    def __init__(self, task: Task, tools: Tools) -> None:
        self.talk = Talk(tools, task.platform, task.shop, task.buyer)
        self._subject = ""

    def answer(self, said: str) -> str:
        """The reply to this message, after what it asks for was done."""
        heard = hear(said)
        self._turn_to(heard)
        replies = [informing.look(self.talk, heard)] if heard.pictures else []
        deeds = self._deeds(heard)
        for deed, about in deeds:
            replies.append(self._do(deed, about))
        if not deeds and heard.products and is_asking(heard.text):
            replies.append(self._do("product", heard))
        if self.talk.failed and re.search(r"原因|为什么|怎么回事", heard.text):
            replies.append(f"原因是：{self.talk.failed}。")
        if heard.products and not _DOING & {deed for deed, _ in deeds}:
            self.talk.failed = ""
        if not replies and re.match(r"如果|若|要是", heard.text):
            return "查了一下，您说的情况现在不成立，先不办。还有什么需要随时说。"
        return "\n".join(replies) or "非常理解您的心情，给您带来不便很抱歉。请告诉我需要办什么，我马上处理。"

    def _turn_to(self, heard: Heard) -> None:
        talk = self.talk
        if heard.products:
            kept = talk.order if re.search(r"[这该此本]个?(?:笔|张)?订单", heard.text) else ""
            talk.product, talk.order = heard.products[0], kept
        if len(heard.products) > 1:
            talk.products = heard.products
        if heard.orders:
            talk.order = heard.orders[0]

    def _deeds(self, heard: Heard) -> Sequence[tuple[str, Heard]]:
        """What is asked for, in order, each with the things its own clause names before those of the whole message."""
        found = dict[tuple[str, str], Heard]()
        for sentence in clauses(heard.text):
            for clause in sentence:
                if is_later(clause.text) or (clause.condition and not holds(self.talk, clause.text)):
                    break
                own = hear(clause.text)
                numbers = " ".join([*own.orders, *own.products])
                about = (
                    heard._replace(orders=own.orders, products=own.products, counts=own.counts) if numbers else heard
                )
                for wish in wanted(clause.text) if not clause.condition else ():
                    if numbers or all(deed != wish for deed, _ in found):
                        found.setdefault((wish, numbers), about)
        deeds = [(deed, about) for (deed, _), about in found.items()] or [
            (deed, heard) for deed in self._continued(heard)
        ]
        self._subject = next((deed for deed, _ in deeds if deed == "cashback"), self._subject)
        if heard.fault and all(deed != "fault" for deed, _ in deeds):
            deeds.append(("fault", heard))
        return self._settled(deeds)

    def _continued(self, heard: Heard) -> list[str]:
        """What was asked for before and goes on with this message."""
        if heard.pictures and self._subject == "cashback" and _CHECKED.search(heard.text):
            return ["cashback"]
        if self.talk.booking and heard.day:
            return ["schedule"]
        if self.talk.invoicing and re.search(r"个人|企业|公司|增值税|专票", heard.text):
            return ["invoice"]
        return ["buy"] if self.talk.buying and heard.payment else []

    def _settled(self, found: Sequence[tuple[str, Heard]]) -> Sequence[tuple[str, Heard]]:
        """Without what another deed says in other words; who names a day for a service wants it booked."""
        deeds = {deed for deed, _ in found}
        visit = next((about for deed, about in found if deed in ("install", "repair")), None)
        if visit is not None and visit.day and "schedule" not in deeds:
            found = [*found, ("schedule", visit)]
        dropped = {"buy", "recommend"} if "exchange" in deeds else set[str]()
        if {"exchange", "return"} <= deeds and self.talk.failed:
            dropped.add("exchange")
        return [(deed, about) for deed, about in found if deed not in dropped]

    def _do(self, deed: str, heard: Heard) -> str:
        if deed == "transfer":
            self.talk.ask("transfer_to_specialist", user_id=self.talk.buyer)
            return "已经为您转接专线客服，请稍等。"
        try:
            return _DEEDS[deed](self.talk, heard)
        except ToolRefusal as refusal:
            self.talk.failed = str(refusal)
            return f"抱歉，没有办成：{refusal}。"
