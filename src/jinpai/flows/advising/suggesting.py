"""Suggestions for a conversation: the buyer's words understood, live facts and scripts filled, all past the guard."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from jinpai.bargaining.ladder_rules import REFUSE
from jinpai.catalog.content import Product
from jinpai.catalog.kinds import is_called
from jinpai.copilot.hearing.slots import Slots, find_slots
from jinpai.copilot.skills.ground import Ground
from jinpai.customers.model import Utterance
from jinpai.flows.advising.last_words import LOOK_BACK, Spoken, last_words, meant_before, read_on
from jinpai.flows.advising.wishes import hear_wishes
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene, facts_of, values_of
from jinpai.flows.ordering.freight import freight_book
from jinpai.guard.model import Said, Situation
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.memo import remember
from jinpai.playbook.finding import Used
from jinpai.playbook.model import Facts
from jinpai.playbook.predicates import holds
from jinpai.playbook.variables import fill

if TYPE_CHECKING:
    from jinpai.copilot.hearing.understanding import Understanding, Understood
    from jinpai.copilot.next_steps import Action
    from jinpai.copilot.suggesting.model import Line, Suggestion

STOPPING = ("block", "confirm", "warn")


@dataclass(frozen=True, slots=True)
class Advice:
    """What the copilot says to a conversation: `about` is the buyer's words it answers, empty when none wait.

    `id` names it where it was remembered that somebody saw it.
    """

    about: str
    understood: "Understood | None"
    slots: Slots
    stage: str
    suggestions: "tuple[Suggestion, ...]"
    actions: "tuple[Action, ...]"
    id: str = ""


NOTHING = Advice("", None, {}, "", (), ())


def advise(
    understanding: "Understanding",
    content: ShopContent,
    scene: Scene,
    talk: Sequence[Spoken],
    now: int,
    judge: Callable[[str], Situation],
    used: Callable[[str], Used | None] = lambda script: None,
    liked: Callable[[str], float] = lambda source: 1.0,
) -> Advice:
    """What to say to the buyer's last words (`now` in ms); nothing when the buyer has said nothing."""
    from jinpai.copilot.next_steps import find_stage, next_actions
    from jinpai.copilot.suggesting.model import Material
    from jinpai.copilot.suggesting.ranking import suggest

    about = last_words(talk)
    if not about:
        return NOTHING
    understood, ground = read_on(understanding, talk, look_around(content, scene, talk, now))
    rungs = cache(lambda: rungs_due(talk, lambda text: _haggles(understanding, content, text)))
    scripts = _scripts(content, replace(scene, product=ground.product, sku=ground.sku), now, used, rungs)
    material = Material(
        content.answers,
        scripts,
        lambda text: not any(hit.severity in STOPPING for hit in content.guard.check(text, judge(text))),
        frozenset(one.text for one in talk if not one.is_buyer),
        liked,
        len(talk),
        understanding.alike,
    )
    is_first = all(one.is_buyer for one in talk)
    return Advice(
        about,
        understood,
        ground.slots,
        find_stage(understood, ground, is_first=is_first),
        suggest(understood, ground, material),
        next_actions(understood, ground),
    )


def look_around(content: ShopContent, scene: Scene, talk: Sequence[Spoken], now: int) -> Ground:
    """What the records and the talk say around the buyer's last words (`now` in ms)."""
    told = replace(scene, wishes=hear_wishes(content, scene.wishes, heard(talk), now))
    return ground_of(content, told, _slots(content, scene, talk), last_words(talk), now)


def heard(talk: Sequence[Spoken]) -> list[Utterance]:
    """The talk as guesses about its buyer need it."""
    return [Utterance("buyer" if one.is_buyer else "agent", one.text) for one in talk]


def ground_of(content: ShopContent, scene: Scene, slots: Slots, about: str, now: int) -> Ground:
    """What the records say around these words, the goods named in them before those the talk was about."""
    from jinpai.copilot.skills.goods import variant

    product = next((one for one in content.products if one.id == slots.get("product")), scene.product)
    product = product or _of_order(content, scene, about)
    same = scene.sku if product is not None and scene.product is not None and product.id == scene.product.id else None
    sku = variant(product, str(slots["sku"]) if "sku" in slots else None) or same
    running = [promotion for promotion, _ in scene.running]
    book = freight_book(content.couriers, content.freight, content.shop, running)
    return Ground(
        about,
        slots,
        datetime.fromtimestamp(now / 1000, SHOP_TIME),
        content.shop,
        content.products,
        product,
        sku,
        scene.orders[0] if scene.orders else None,
        book.couriers,
        book.rules,
        book.free,
        scene.running,
        wishes=scene.wishes,
        stock=scene.stock,
        track=scene.way.track,
        days_off=content.reminding.days_off,
        shown=scene.product,
        topics=content.topics,
    )


def _of_order(content: ShopContent, scene: Scene, about: str) -> Product | None:
    """The goods of the newest order whose kind these words name, where they are but one."""
    if not scene.orders or scene.orders[0].state == "closed":
        return None
    from jinpai.catalog.kinds import goods_of_kind

    bought = {item.product for item in scene.orders[0].items}
    named = goods_of_kind(about, [one for one in content.products if one.id in bought])
    return named[0] if len(named) == 1 else None


def situation_of(content: ShopContent, talk: Sequence[Spoken], now: int) -> Callable[[str], Situation]:
    """What the guard knows of a text said now in this talk, by the shop alone."""
    from jinpai.flows.guarding.situation import situation

    before = tuple(Said("buyer" if one.is_buyer else "agent", one.text) for one in talk)
    return lambda text: situation(content, before, now, text)


def _slots(content: ShopContent, scene: Scene, talk: Sequence[Spoken]) -> Slots:
    """What the buyer named, what was named last first, then what the profile knows; goods named earlier hold until
    others are named."""
    found: dict[str, str | int | float] = {}
    said = [one.text for one in talk if one.is_buyer and one.text.strip()][-LOOK_BACK:]
    for text in reversed(said):
        named = find_slots(text, content.names, scene.product)
        if found.get("product", named.get("product")) != named.get("product") and "product" in found:
            named = {name: value for name, value in named.items() if name != "sku"}
        found = {**named, **found}
    if "product" not in found and scene.product is None:
        told = _told_of(content, talk) or meant_before(content.products, talk)
        if told is not None:
            found = {**find_slots("\n".join(said), content.names, told), **found, "product": told.id}
    return {**scene.known, **found}


def rungs_due(talk: Sequence[Spoken], haggles: Callable[[str], bool]) -> Collection[int]:
    """The rungs of the bargaining ladder whose turn it is: the next and one more, so that the last is never the first.

    An answer of which the log does not say what rung it took counts as one when the buyer haggled just before.
    """
    taken = 0
    for before, one in pairwise(talk):
        if one.rung:
            taken = max(taken, one.rung)
        elif before.is_buyer and not one.is_buyer and haggles(before.text):
            taken += 1
    due = min(taken, REFUSE - 2) + 1
    return due, due + 1


def _haggles(understanding: "Understanding", content: ShopContent, text: str) -> bool:
    """Whether these words mean something that the bargaining ladder answers."""
    scenes = {scene for one in understanding.understand(text).meanings for scene in one.intent.scenes}
    return any(script.id in content.rungs for scene in scenes for script in content.by_scene.get(scene, ()))


def _told_of(content: ShopContent, talk: Sequence[Spoken]) -> Product | None:
    """The goods the agents spoke of last; None where none or several were named."""
    spoken = [one.text for one in talk if not one.is_buyer][-LOOK_BACK:]
    named = next((text for text in reversed(spoken) if content.names.find(text) is not None), "")
    return content.names.find_only(named)


@remember
def _goods_of_scripts(content: ShopContent) -> Mapping[str, frozenset[str]]:
    """Script → the goods its tags name by their kind (`睡袋`); scripts for any goods are left out."""
    found = {}
    for script in content.scripts:
        goods = {one.id for tag in script.tags for one in content.products if is_called(tag, one)}
        if goods:
            found[script.id] = frozenset(goods)
    return found


def _scripts(
    content: ShopContent,
    scene: Scene,
    now: int,
    used: Callable[[str], Used | None],
    rungs: Callable[[], Collection[int]],
) -> "Callable[[str], Sequence[Line]]":
    from jinpai.copilot.suggesting.model import Line

    facts: Facts = facts_of(content, scene, now)
    values = values_of(content, scene)
    about = scene.product.id if scene.product is not None else None
    told_of = _goods_of_scripts(content)

    def lines(wanted: str) -> list[Line]:
        found = []
        for script in content.by_scene.get(wanted, ()):
            if script.id in content.rungs and content.rungs[script.id] not in rungs():
                continue  # Its turn on the bargaining ladder is not yet.
            named = content.names.find(script.text)
            if (named is not None and named.id != about) or (about and about not in told_of.get(script.id, (about,))):
                continue  # It tells of goods the talk is not about.
            text, missing = fill(script.text, values)
            if not missing and holds(script.when, facts):
                uses = used(script.id)
                weight = min(1.0, uses.weight(now) / 20) if uses is not None else 0.0
                found.append(Line(script.id, wanted, script.title, text, weight))
        return found

    return lines
