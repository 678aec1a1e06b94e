"""Where a talk about the price stands, and what to say next: attitude, rung, the most that may be given, the words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jinpai.bargaining.content import Attitude
from jinpai.bargaining.ladder import Means, Move, Step, conceded, highest, lowest_price, next_move
from jinpai.bargaining.ladder_rules import ASK, REFUSE, LadderRules
from jinpai.bargaining.model import Goods, Request
from jinpai.bargaining.store import list_of_talk
from jinpai.catalog.promotions import Coupon, FreeShipping, Gift
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Conversation
from jinpai.flows.bargaining.haggled import Haggled, find_haggled
from jinpai.flows.bargaining.hearing import Hear, ear_of
from jinpai.flows.bargaining.lines import Line, rung_lines
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene, read_scene
from jinpai.flows.guarding.situation import said, situation
from jinpai.flows.guarding.surroundings import Surroundings, learn, looker
from jinpai.flows.ports import House
from jinpai.guard.authority import authority_of
from jinpai.guard.context import Authority
from jinpai.guard.model import Situation
from jinpai.journal.model import Row
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.money import fen_from
from jinpai.staff.model import Actor

LOOK_BACK = 200
HOUR = 3_600_000
HAGGLING = ("testing", "insists", "threatens", "pesters")


@dataclass(frozen=True, slots=True)
class Bargain:
    """What the desk shows of a talk about the price; `rung` is the highest taken, `given` what is off so far (fen)."""

    attitude: Attitude
    rung: int
    given: int
    goods: Goods | None
    move: Move | None
    lines: tuple[Line, ...]
    request: Request | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What is read of a conversation for its bargaining."""

    rows: Sequence[Row]
    scene: Scene
    requests: Sequence[Request]
    around: Surroundings
    now: int


def read_bargain(house: House, actor: Actor, state: Conversation) -> Bargain | None:
    """The bargaining in this conversation as it concerns this agent now; None where nobody talks about the price."""
    content, now = house.content.shop(state.shop), house.clock.now()
    rules = content.ladder
    if rules is None:
        return None
    talk = _read(house, actor, state, rules, now)
    hear = ear_of(house, content)
    taken = steps_of(hear, talk.rows, now - rules.remember_hours * HOUR)
    attitude = attitude_of(hear, talk.rows, taken)
    request = talk.requests[-1] if talk.requests else None
    is_news = request is not None and request.state != "waiting" and _is_untold(request, talk.rows)
    if attitude == "none" and not is_news and (request is None or request.state != "waiting"):
        return None
    look = looker(talk.around, actor)
    haggled = find_haggled(content, talk.rows)
    product = None if haggled is None else haggled.product
    price = None if haggled is None else haggled.price(talk.scene)
    goods = None if product is None else Goods(product.id, product.short, 1, price or 0)
    if request is not None and is_news:
        move: Move | None = _news(rules, request)
    else:
        move = _move(rules, _means(content, talk, haggled, actor.login), taken, attitude, request)
    approval = request.state if request is not None and (is_news or request.state == "waiting") else ""
    before = said(talk.rows)

    def judge(text: str) -> Situation:
        return situation(content, before, now, text, look)

    scene = replace(talk.scene, product=product) if product is not None else talk.scene
    lines = () if move is None else rung_lines(content, scene, move, approval, _unsaid(talk.rows), judge, now)
    return Bargain(attitude, highest(taken), conceded(taken), goods, move, lines, request)


def attitude_of(hear: Hear, rows: Sequence[Row], taken: Sequence[Step]) -> Attitude:
    """How the buyer's words that wait for an answer bargain; who still asks after the refusal pesters.

    Who begs before anything was tried only asks, and is led up the ladder like anybody else. Who takes the price after
    haggling is not thanked as if they had not.
    """
    found = hear(_waiting(rows))
    if found == "accepts" and any(hear([text]) in HAGGLING for text in _asked(rows)):
        return "none"
    if found == "pesters" and not taken:
        return "testing"
    if found == "testing" and taken:
        return "pesters" if highest(taken) == REFUSE else "insists"
    return "pesters" if found == "insists" and highest(taken) == REFUSE else found


def steps_of(hear: Hear, rows: Sequence[Row], since: int) -> list[Step]:
    """The rungs taken in these rows at or after `since` (ms), each with what it took off the price."""
    steps, asked = [], list[str]()
    for row in rows:
        text = row.entry.body.get("text", "")
        if row.entry.kind == MESSAGE_IN:
            asked.append(text)
        elif row.entry.kind == MESSAGE_OUT and not row.entry.author.startswith("assistant:"):
            rung = row.entry.data.get("rung", 0)
            if rung and row.at >= since:
                is_threat = hear(asked) == "threatens"
                steps.append(Step(rung, row.entry.data.get("conceded", 0), is_threat))
            asked = []
    return steps


def _read(house: House, actor: Actor, state: Conversation, rules: LadderRules, now: int) -> Talk:
    with house.database.read() as connection:
        rows = read_before(connection, state.id, NEWEST, LOOK_BACK)
        content = house.content.shop(state.shop)
        scene = read_scene(connection, house.sealer, content, state, state.shop, now)
        requests = list_of_talk(connection, state.id, now - rules.remember_hours * HOUR)
    around = Surroundings(state.shop, state.id, {state.shop: 0})
    around.hear(rows)
    learn(house, around, "")
    return Talk(rows, replace(scene, agent_name=actor.name), requests, around, now)


def _waiting(rows: Sequence[Row]) -> list[str]:
    """The buyer's messages nobody has answered, the oldest first."""
    found: list[str] = []
    for row in reversed(rows):
        if row.entry.kind == MESSAGE_IN:
            found.insert(0, row.entry.body.get("text", ""))
        elif row.entry.kind == MESSAGE_OUT and not row.entry.author.startswith("assistant:"):
            break
    return found


def _asked(rows: Sequence[Row]) -> list[str]:
    return [row.entry.body.get("text", "") for row in rows if row.entry.kind == MESSAGE_IN]


def _is_untold(request: Request, rows: Sequence[Row]) -> bool:
    """Whether nobody has spoken to the buyer since the answer."""
    at = request.answered_at or 0
    mine = (row for row in rows if row.entry.kind == MESSAGE_OUT and row.entry.author.startswith("agent:"))
    return not any(row.at >= at for row in mine)


def _means(content: ShopContent, talk: Talk, haggled: Haggled | None, login: str) -> Means:
    """What may be given in this talk, by the shop's settings and records."""
    kind = content.known.shop.kind
    own = authority_of(content.authority, login, kind)
    price = None if haggled is None else haggled.price(talk.scene)
    running = [one for one, _ in talk.scene.running]
    gifts = [one.rule for one in running if isinstance(one.rule, Gift)]
    presents = [one.gift for one in gifts if fen_from(one.threshold) <= (price or 0)]
    presents += [*(content.ladder.gifts if content.ladder and own.gift is not False else ())]
    presents += [one.title for one in running if isinstance(one.rule, Coupon)]
    means = Means(
        price,
        None if haggled is None else haggled.floor(content),
        _authority(own, price),
        tuple(presents),
        has_promotion=any(not isinstance(one.rule, Gift | FreeShipping) for one in running),
        has_cheaper=haggled is not None and haggled.has_cheaper(content, talk.scene),
    )
    lowest = lowest_price(means)
    could = price is not None and lowest is not None and price - lowest > (means.authority or 0)
    may_ask = kind != "tmall" and could and means.authority is not None and not talk.requests
    return replace(means, may_ask=may_ask)


def _authority(own: Authority, price: int | None) -> int | None:
    """The most the agent may take off alone, in fen; None where nothing limits it."""
    limits = [] if own.reduction is None else [fen_from(own.reduction)]
    if own.discount is not None and price is not None:
        limits.append(price * own.discount // 100)
    return min(limits, default=None)


def _move(
    rules: LadderRules, means: Means, taken: Sequence[Step], attitude: Attitude, request: Request | None
) -> Move | None:
    """The next rung; while a supervisor is asked nothing new is offered, and once they have refused nothing more."""
    if request is None or attitude == "accepts":
        return next_move(rules, means, taken, attitude)
    if request.state == "waiting":
        return Move(ASK, "已经在请示主管，请买家稍等", "")
    return next_move(rules, replace(means, may_ask=False), [*taken, Step(REFUSE)], attitude)


def _news(rules: LadderRules, request: Request) -> Move:
    """What a supervisor said, to be told the buyer; or that nobody said anything."""
    asks = rules.rungs[ASK - 1].asks
    if request.granted is not None:
        return Move(ASK, "主管答复了：把批下来的数告诉买家", asks, request.granted)
    if request.state == "refused":
        return Move(ASK, "主管没有同意：委婉转告，再给一个别的选择", rules.rungs[REFUSE - 1].asks)
    return Move(REFUSE, "主管没来得及答复：温和而坚定地谢绝", rules.rungs[REFUSE - 1].asks)


def _unsaid(rows: Sequence[Row]) -> Callable[[str], bool]:
    spoken = {row.entry.body.get("text", "") for row in rows if row.entry.kind == MESSAGE_OUT}
    return lambda text: text not in spoken
