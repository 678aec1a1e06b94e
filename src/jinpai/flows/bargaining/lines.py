"""The scripts of a rung as they may be said now: filled, true, past the guard, and not said in this talk before."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from jinpai.bargaining.ladder import Move
from jinpai.bargaining.ladder_rules import ASK, REFUSE
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene, facts_of, values_of
from jinpai.guard.model import Situation
from jinpai.kit.money import yuan
from jinpai.playbook.content import Script
from jinpai.playbook.predicates import holds
from jinpai.playbook.variables import fill

LADDER = "bargaining.ladder"
LISTED_PRICE = "bargaining.listed_price"
AMOUNT = "让价"
MOST = 3
_STOPPING = ("block", "confirm", "warn")


@dataclass(frozen=True, slots=True)
class Line:
    """A script that may be said as it is."""

    id: str
    title: str
    text: str


def rung_lines(
    content: ShopContent,
    scene: Scene,
    move: Move,
    approval: str,
    is_new: Callable[[str], bool],
    judge: Callable[[str], Situation],
    now: int,
) -> tuple[Line, ...]:
    """Up to three scripts for this move, those that name what it gives first; the floor is no variable of any.

    `approval` is what the supervisor said, empty when nobody was asked; what is said of that must be so.
    """
    values = values_of(content, scene) | ({AMOUNT: _plain(move.amount)} if move.amount else {})
    if move.gift:
        values["赠品"] = move.gift
    facts = replace(facts_of(content, scene, now), approval=approval or None)
    found: list[tuple[int, Line]] = []
    for script in _scripts(content, move, approval):
        text, missing = fill(script.text, values)
        if missing or not holds(script.when, facts) or not is_new(text):
            continue
        if not any(hit.severity in _STOPPING for hit in content.guard.check(text, judge(text))):
            found.append((_fit(script, move), Line(script.id, script.title, text)))
    found.sort(key=lambda one: -one[0])
    return tuple(line for _, line in found[:MOST])


def _scripts(content: ShopContent, move: Move, approval: str) -> list[Script]:
    if move.rung == 0:
        return list(content.by_scene.get(LISTED_PRICE, ()))
    here = [script for script in content.by_scene.get(LADDER, ()) if script.rung == move.rung]
    return [script for script in here if script.when.approval] if approval and move.rung == ASK else here


def _fit(script: Script, move: Move) -> int:
    """How well a script says what the move gives."""
    if move.amount:
        return int(f"{{{AMOUNT}}}" in script.text)
    if move.rung == REFUSE:
        return int(("{实惠商品}" in script.text) == move.cheaper)
    return int("{赠品}" in script.text) if move.gift else 0


def _plain(fen: int | None) -> str:
    """The amount as people type it: `12`, `12.50`."""
    return yuan(fen or 0).removesuffix(".00")
