"""Asking a supervisor on the fifth rung: within three minutes an answer, or the firm, warm refusal is made ready.

ask ──▶ waiting ──answer──▶ approved / countered (authority until midnight) / refused
            └──due row──▶ expired, with a note and the refusal as a draft; one of the two, exactly once
"""

from dataclasses import dataclass
from decimal import Decimal

from jinpai.bargaining.actions import Asking, answer_approval, ask_approval, lapse
from jinpai.bargaining.ladder import Move
from jinpai.bargaining.ladder_rules import REFUSE, Approver, LadderRules
from jinpai.bargaining.model import Goods, Request, Verdict
from jinpai.bargaining.offers import find_offer
from jinpai.catalog.content import Product
from jinpai.desk.handing import entry_of, get_state
from jinpai.desk.model import MESSAGE_OUT, OFFERED, Author, Conversation
from jinpai.flows.bargaining.lines import rung_lines
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import read_scene
from jinpai.flows.guarding.situation import situation
from jinpai.flows.ports import House
from jinpai.guard.authority import floor_of
from jinpai.guard.model import Situation
from jinpai.journal.due import Due, cancel, finish, is_open, schedule
from jinpai.journal.reader import read_conversation
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput, NotAllowed
from jinpai.kit.money import yuan
from jinpai.staff.model import Actor

CLOCK = "approval_clock"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an agent asks for: `off` fen off so many pieces, and why; `told` is the message that promised it already."""

    product: str
    pieces: int
    off: int
    reason: str
    sku: str = ""
    told: int | None = None


def ask(house: House, by: Author, state: Conversation, wish: Wish) -> Action[Request]:
    """The action that asks and starts the clock; BadInput or NotAllowed where no supervisor could say yes."""
    content = house.content.shop(state.shop)
    rules = _rules(content)
    goods = _goods(content, wish)
    if not 0 < wish.off < goods.price:
        raise BadInput(f"便宜的钱数要比 0 多、比标价 {yuan(goods.price)} 元少，请重新填")
    if wish.told is None:
        _check_floor(content, goods, wish)
    asking = Asking("discount" if wish.told is None else "honour", goods, wish.off, wish.reason, wish.told)

    def act(tx: Tx) -> Request:
        if wish.told is not None:
            _check_told(tx, content, state, goods, wish.told, wish.off)
        asked = ask_approval(state.id, by, asking, rules.approval_seconds)(tx)
        data = {"request": asked.id}
        clock = Due(state.shop, CLOCK, asked.id, f"approval:{asked.id}", asked.closes_at, data)
        schedule(tx.connection, [clock], tx.now)
        return asked

    return act


def answer(
    house: House, actor: Actor, request: Request, verdict: Verdict, off: int | None, words: str
) -> Action[Request]:
    """The action that answers and stops the clock; how far one may go is content, a word given is not limited."""
    rules = _rules(house.content.shop(request.shop))
    role: Approver = "owner" if actor.role == "owner" else "supervisor"
    limit = rules.approvals.get(role) if request.kind == "discount" else None
    by = Author("agent", actor.id, actor.name)

    def act(tx: Tx) -> Request:
        answered = answer_approval(request.id, by, verdict, off, words, limit)(tx)
        cancel(tx.connection, (CLOCK,), [request.id], "主管已经答复", tx.now)
        return answered

    return act


def end_wait(house: House, work: Due) -> Action[None]:
    """The action for when the three minutes are over: a note, and the refusal made ready for the agent."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        content = house.content.shop(work.shop)
        minutes = max(1, _rules(content).approval_seconds // 60)
        note = f"{minutes} 分钟到了，主管还没来得及答复。先温和地谢绝买家，话已经备好；主管有了答复再告诉买家。"
        expired = lapse(tx, work.subject, note)
        if expired is None:
            finish(tx.connection, work, "cancelled", "主管已经答复", tx.now)
            return
        state = get_state(tx, expired.conversation)
        text = _refusal(house, tx, content, state)
        if text:
            tx.append(entry_of(state, OFFERED, Author("system"), {"why": "no_approval"}, text))
        finish(tx.connection, work, "done", "", tx.now)

    return act


def _rules(content: ShopContent) -> LadderRules:
    if content.ladder is None:
        raise BadInput("店里没有设置议价阶梯，请运营在内容里加上 ladder")
    return content.ladder


def _goods(content: ShopContent, wish: Wish) -> Goods:
    """What is bargained about, at the list price of the variant, or of the cheapest one."""
    if content.known.shop.kind == "tmall":
        raise NotAllowed("天猫店铺不能手工改价，可以送公开的优惠券或赠品")
    product = next((one for one in content.products if one.id == wish.product), None)
    if product is None:
        raise BadInput("还不知道买家讲的是哪件商品，请先发一张商品卡片，或者说出商品名")
    return Goods(product.id, product.short, wish.pieces, _price(product, wish.sku) * wish.pieces)


def _price(product: Product, sku: str) -> int:
    prices = [one.price for one in product.skus if one.id == sku] or [one.price for one in product.skus]
    return min(int(Decimal(price) * 100) for price in prices)


def _check_floor(content: ShopContent, goods: Goods, wish: Wish) -> None:
    each = yuan(goods.price // goods.pieces)
    floor = floor_of(content.authority, each, content.known.shop.kind)
    if floor is not None and goods.price - wish.off < Decimal(floor) * 100 * goods.pieces:
        raise BadInput("这个数低于店里的底价，主管也不能批；请少申请一些，或者换成赠品、优惠券")


def _check_told(tx: Tx, content: ShopContent, state: Conversation, goods: Goods, seq: int, off: int) -> None:
    """BadInput unless this message of ours really told the buyer so much off."""
    rows = read_conversation(tx.connection, state.id, seq - 1, 1)
    if not rows or rows[0].seq != seq or rows[0].entry.kind != MESSAGE_OUT:
        raise BadInput("没有找到已经答应买家的那句话，请在聊天里重新选一句")
    offers = content.offers
    text = str(rows[0].entry.body.get("text", ""))
    told = 0 if offers is None else find_offer(offers, text, lambda: goods.price // goods.pieces)
    if told * goods.pieces < off and told < off:
        raise BadInput("这句话里没有答应这么多，请核对金额，或者选说出这个价的那一句")


def _refusal(house: House, tx: Tx, content: ShopContent, state: Conversation) -> str:
    """The firm, warm refusal as it may be said now; empty where none passes."""
    scene = read_scene(tx.connection, house.sealer, content, state, state.shop, tx.now)
    move = Move(REFUSE, "", "", cheaper=scene.product is not None)

    def judge(text: str) -> Situation:
        return situation(content, (), tx.now, text)

    lines = rung_lines(content, scene, move, "", lambda text: True, judge, tx.now)
    return lines[0].text if lines else ""
