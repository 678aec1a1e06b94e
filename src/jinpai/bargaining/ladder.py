"""The bargaining ladder: which rung comes next in a talk about the price, and how much it may cost. Pure.

One rung at a time, never the floor first, each concession smaller than the last, something asked in return for each.
A threat to leave gets the best remaining rung within authority, once; who pesters hears the firm, warm refusal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jinpai.bargaining.content import Attitude
from jinpai.bargaining.ladder_rules import ASK, DISCOUNT, GIFT, REFUSE, LadderRules

DEFAULT_FLOOR = 70
"""Percent of the list price below which nothing is given where the shop has set no floor."""

YUAN = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A rung that was taken, the fen it conceded, and whether it answered a threat to leave."""

    rung: int
    amount: int = 0
    answered_threat: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to give in this talk; money in fen, None = not known, `authority` None = no limit but the floor.

    `price` is what the goods cost as listed, `authority` the most the agent may take off alone.
    """

    price: int | None = None
    floor: int | None = None
    authority: int | None = None
    gifts: tuple[str, ...] = ()
    has_value: bool = True
    has_comparison: bool = True
    has_promotion: bool = False
    has_cheaper: bool = False
    may_ask: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """The rung to take now and why; `rung` 0 thanks a buyer who takes the listed price with something unasked.

    `amount` is the most that may be taken off now, in fen (None: the price is not known); `asks` what for in return.
    """

    rung: int
    why: str
    asks: str
    amount: int | None = 0
    gift: str = ""
    cheaper: bool = False


def next_move(rules: LadderRules, means: Means, taken: Sequence[Step], attitude: Attitude) -> Move | None:
    """The next rung for a buyer of this attitude; None where nothing is to be done."""
    if attitude == "none":
        return None
    if attitude == "accepts":
        return _thanks(means) if not taken else None
    if attitude == "pesters":
        return _refusal(rules, means, "买家反复纠缠：耐心、温和地守住，可以给看价位低一些的款")
    if attitude == "threatens" and not any(step.answered_threat for step in taken):
        best = _best(rules, means, taken)
        if best is not None:
            return best
    return _climb(rules, means, taken)


def highest(taken: Sequence[Step]) -> int:
    """The highest rung taken, 0 before the first."""
    return max((step.rung for step in taken), default=0)


def conceded(taken: Sequence[Step]) -> int:
    """What has been taken off so far, in fen: the largest amount told, since each offer replaces the one before."""
    return max((step.amount for step in taken), default=0)


def lowest_price(means: Means) -> int | None:
    """The floor in fen; without one that is set, 30 % off the list."""
    if means.floor is not None or means.price is None:
        return means.floor
    return -(-means.price * DEFAULT_FLOOR // 100)


def room(means: Means) -> int | None:
    """The most an agent may take off alone in this talk, in fen; None where the price is not known."""
    floor = lowest_price(means)
    if means.price is None or floor is None:
        return None
    down_to_floor = max(0, means.price - floor)
    return down_to_floor if means.authority is None else max(0, min(down_to_floor, means.authority))


def next_total(rules: LadderRules, means: Means, taken: Sequence[Step], *, best: bool = False) -> int | None:
    """What would be off altogether after one more concession, in fen; 0 = no further one, None = price not known.

    With `best` all the agent may give, but never the floor before anything else was offered.
    """
    most = room(means)
    if most is None:
        return None
    gaps = _gaps(taken)
    if len(gaps) >= rules.times:
        return 0
    given = sum(gaps)
    if gaps:
        step = min(most - given, gaps[-1] - 1 if best else gaps[-1] * rules.shrink_percent // 100)
    else:
        opening = most * rules.open_percent // 100
        step = most if best and not _is_floor(means, most) else opening
    step = _round(step)
    if step <= 0 or step < Decimal(rules.least) * 100:
        return 0
    return given + step


def _climb(rules: LadderRules, means: Means, taken: Sequence[Step]) -> Move:
    """The next rung up that has something to offer."""
    at = highest(taken)
    for rung in range(max(1, at + (at != DISCOUNT)), REFUSE):
        move = _move(rules, means, taken, rung)
        if move is not None:
            return move
    return _refusal(rules, means, "能给的都给过了：温和而坚定地谢绝，再给一个别的选择")


def _best(rules: LadderRules, means: Means, taken: Sequence[Step]) -> Move | None:
    """The best remaining rung within authority for a buyer about to leave."""
    why = "买家说要走：在权限内给还剩的最好一级，只这一次"
    total = next_total(rules, means, taken, best=True)
    if total and highest(taken) <= DISCOUNT:
        return Move(DISCOUNT, why, asked_for(rules), total)
    for rung in range(DISCOUNT, highest(taken), -1):
        move = _move(rules, means, taken, rung)
        if move is not None:
            return Move(move.rung, why, move.asks, move.amount, move.gift)
    return None


def _move(rules: LadderRules, means: Means, taken: Sequence[Step], rung: int) -> Move | None:
    """This rung, where it has something to offer."""
    told, asks = rules.rungs[rung - 1].does, rules.rungs[rung - 1].asks
    if rung == GIFT:
        return Move(rung, told, asks, gift=means.gifts[0]) if means.gifts else None
    if rung == DISCOUNT:
        total = next_total(rules, means, taken)
        is_first = all(step.rung < DISCOUNT for step in taken)
        if total == 0 and not (means.has_promotion and is_first):
            return None
        if total is None and not is_first:
            return None
        return Move(rung, told, asked_for(rules), total)
    is_there = {1: means.has_value, 2: means.has_comparison, ASK: means.may_ask}[rung]
    return Move(rung, told, asks) if is_there else None


def asked_for(rules: LadderRules) -> str:
    """What a discount is given for: so many pieces or so much money where the shop wants that, and its own words."""
    asks = rules.rungs[DISCOUNT - 1].asks
    conditions = []
    if rules.from_pieces > 1:
        conditions.append(f"满 {rules.from_pieces} 件")
    if Decimal(rules.from_amount) > 0:
        conditions.append(f"满 {rules.from_amount} 元")
    return f"{'或'.join(conditions)}，{asks}" if conditions else asks


def _thanks(means: Means) -> Move:
    gift = means.gifts[0] if means.gifts else ""
    return Move(0, "买家没还价就要买：道谢，主动送一点小心意", "", gift=gift)


def _refusal(rules: LadderRules, means: Means, why: str) -> Move:
    return Move(REFUSE, why, rules.rungs[REFUSE - 1].asks, cheaper=means.has_cheaper)


def _gaps(taken: Sequence[Step]) -> list[int]:
    """By how much each offer went beyond all before it."""
    found, given = [], 0
    for step in taken:
        if step.amount > given:
            found.append(step.amount - given)
            given = step.amount
    return found


def _is_floor(means: Means, most: int) -> bool:
    floor = lowest_price(means)
    return means.price is not None and floor is not None and most >= means.price - floor


def _round(fen: int) -> int:
    """Whole yuan where it is at least one."""
    return fen - fen % YUAN if fen >= YUAN else fen
