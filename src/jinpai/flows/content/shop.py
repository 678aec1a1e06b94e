"""A shop's content as the flows use it: the base pack, the shop's pack on the disk, its published version, compiled.

Nothing here touches the database, so the command line starts fast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jinpai.bargaining.content import BargainingEntry
from jinpai.bargaining.ladder_rules import LadderRules
from jinpai.bargaining.offers import Offers, compile_offers
from jinpai.catalog.content import Product, ShopEntry
from jinpai.catalog.freight import Courier
from jinpai.catalog.freight_rules import FreightRules
from jinpai.catalog.naming import Names
from jinpai.catalog.promotions import Promotion
from jinpai.copilot.feelings.unrest import UnrestRules
from jinpai.copilot.hearing.topics import Topic
from jinpai.copilot.model import Lessons
from jinpai.copilot.modes.modes import Modes
from jinpai.copilot.recommending.content import RecommendingRules
from jinpai.copilot.skills.answers import Wording
from jinpai.customers.content import CustomerEntry
from jinpai.customers.retention import Retention
from jinpai.desk.cards import StepCard
from jinpai.desk.content import ServiceRules
from jinpai.flows.content.sections import (
    ANSWERS,
    AUTHORITY,
    AUTO_REPLIES,
    BARGAINING,
    COURIERS,
    CUSTOMERS,
    FREIGHT,
    INTENTS,
    LADDER,
    MODES,
    MOODS,
    ORDERING,
    PENALTIES,
    PRODUCTS,
    PROMISES,
    PROMOTIONS,
    RADAR,
    RECOMMENDING,
    REMINDERS,
    RETENTION,
    RULES,
    SCRIPTS,
    SERVICE,
    SEVERITIES,
    SHOPS,
    STAFF,
    STEPS,
    TASKS,
    TOPICS,
    UNREST,
    load_shop_pack,
)
from jinpai.flows.guarding.knowledge import shop_context
from jinpai.flows.reminding.content import Reminding, reminding
from jinpai.guard.authority import AuthorityRules
from jinpai.guard.compiling import RuleError, compile_rules
from jinpai.guard.context import Context
from jinpai.guard.engine import Guard
from jinpai.guard.severities import overrides_of
from jinpai.kit.errors import BadInput
from jinpai.orders.alerts.content import AlertRule
from jinpai.orders.content import OrderingRules
from jinpai.packs.model import Pack, Problem
from jinpai.playbook.content import AutoReply, Script
from jinpai.playbook.model import Facts
from jinpai.playbook.predicates import holds
from jinpai.promises.content import PromiseEntry
from jinpai.quality.penalties import PenaltyRules
from jinpai.staff.content import StaffEntry
from jinpai.tasks.content import TaskKind

if TYPE_CHECKING:
    from jinpai.packs.store import Version

DEMO_SHOP = "demo"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class ShopContent:
    """What is in force in a shop; `version` is the published one, 0 = the packs on the disk alone.

    `shop` and `staff` are empty for a shop that has no pack of its own.
    """

    version: int
    shop: ShopEntry | None
    guard: Guard
    scripts: tuple[Script, ...]
    auto_replies: tuple[AutoReply, ...]
    products: tuple[Product, ...]
    promotions: tuple[Promotion, ...]
    couriers: tuple[Courier, ...]
    promises: tuple[PromiseEntry, ...]
    customers: tuple[CustomerEntry, ...]
    freight: FreightRules | None
    staff: tuple[StaffEntry, ...]
    steps: tuple[StepCard, ...]
    service: ServiceRules
    reminding: Reminding
    tasks: tuple[TaskKind, ...]
    radar: tuple[AlertRule, ...]
    known: Context
    names: Names
    authority: AuthorityRules | None
    attitudes: tuple[BargainingEntry, ...] = ()
    ladder: LadderRules | None = None
    offers: Offers | None = None
    rungs: Mapping[str, int] = field(default_factory=dict)
    lessons: Lessons = field(default_factory=Lessons)
    unrest: UnrestRules = field(default_factory=lambda: UnrestRules(id="unrest"))
    answers: Mapping[str, Wording] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    modes: Modes | None = None
    recommending: RecommendingRules = field(default_factory=lambda: RecommendingRules(id="recommending"))
    ordering: OrderingRules | None = None
    retention: Retention = field(default_factory=lambda: Retention(id="retention"))
    penalties: PenaltyRules = field(default_factory=lambda: PenaltyRules(id="penalties"))
    by_scene: Mapping[str, tuple[Script, ...]] = field(default_factory=dict)


def load_shop_content(
    shop: str, current: "Version | None" = None, root: Path | None = None, on: date | None = None
) -> ShopContent:
    """The shop's content, compiled; BadInput naming the first problem when any file cannot be used.

    `on` is the shop's date: rules not in force that day are left out. Without a date every rule is in force.
    """
    loaded = load_shop_pack(shop, {} if current is None else current.files, root)
    if loaded.problems:
        raise _unusable(shop, loaded.problems)
    try:
        return assemble(loaded.pack, shop, 0 if current is None else current.summary.id, on)
    except RuleError as error:
        raise _unusable(shop, (loaded.pack.problem(RULES, error.rule, error.message),)) from None


def assemble(pack: Pack, shop: str, version: int, on: date | None = None) -> ShopContent:
    """The compiled content of a pack that has no problems; RuleError where a rule cannot be compiled."""
    own = next((entry for entry in pack.entries(SHOPS) if entry.id == shop), None)
    ladder = next(iter(pack.entries(LADDER)), None)
    return ShopContent(
        version=version,
        shop=own,
        guard=compile_rules(pack.entries(RULES), severity_overrides=overrides_of(pack.entries(SEVERITIES)), on=on),
        scripts=pack.entries(SCRIPTS),
        auto_replies=pack.entries(AUTO_REPLIES),
        products=pack.entries(PRODUCTS),
        promotions=pack.entries(PROMOTIONS),
        couriers=pack.entries(COURIERS),
        promises=pack.entries(PROMISES),
        customers=pack.entries(CUSTOMERS),
        freight=next(iter(pack.entries(FREIGHT)), None),
        staff=pack.entries(STAFF),
        steps=pack.entries(STEPS),
        service=next(iter(pack.entries(SERVICE)), ServiceRules(id="service")),
        reminding=reminding(pack.entries(REMINDERS)),
        tasks=pack.entries(TASKS),
        radar=pack.entries(RADAR),
        known=shop_context(own),
        names=Names(pack.entries(PRODUCTS)),
        authority=next(iter(pack.entries(AUTHORITY)), None),
        attitudes=pack.entries(BARGAINING),
        ladder=ladder,
        offers=None if ladder is None else compile_offers(ladder.offers),
        rungs={script.id: script.rung for script in pack.entries(SCRIPTS) if script.rung is not None},
        unrest=next(iter(pack.entries(UNREST)), UnrestRules(id="unrest")),
        lessons=Lessons(pack.entries(INTENTS), pack.entries(MOODS)),
        answers={wording.id: wording for wording in pack.entries(ANSWERS)},
        topics=pack.entries(TOPICS),
        modes=next(iter(pack.entries(MODES)), None),
        recommending=next(iter(pack.entries(RECOMMENDING)), RecommendingRules(id="recommending")),
        ordering=next(iter(pack.entries(ORDERING)), None),
        retention=next(iter(pack.entries(RETENTION)), Retention(id="retention")),
        penalties=next(iter(pack.entries(PENALTIES)), PenaltyRules(id="penalties")),
        by_scene=_by_scene(pack.entries(SCRIPTS)),
    )


def _by_scene(scripts: Sequence[Script]) -> Mapping[str, tuple[Script, ...]]:
    found: dict[str, list[Script]] = {}
    for script in scripts:
        found.setdefault(script.scene, []).append(script)
    return {scene: tuple(here) for scene, here in found.items()}


def known_facts(content: ShopContent) -> Facts:
    """What the shop's data says for every conversation, whatever the product, the order or the hour."""
    if content.shop is None:
        return Facts()
    service = content.shop.service
    return Facts(
        shop_kind=content.shop.kind,
        guarantees=frozenset(service.guarantees),
        payment_ways=frozenset(service.payment_ways),
        couriers=frozenset(service.couriers),
    )


def offered_scripts(content: ShopContent, facts: Facts) -> tuple[Script, ...]:
    """The scripts whose conditions are known to hold."""
    return tuple(script for script in content.scripts if holds(script.when, facts))


def _unusable(shop: str, problems: Sequence[Problem]) -> BadInput:
    first, whose = problems[0], f"店铺 {shop} " if shop else "基础包"
    return BadInput(
        f"{whose}的内容有 {len(problems)} 处问题，请运行 jinpai content check 查看。"
        f"第一处：{first.file} 第 {first.line} 行，{first.message}",
        problems=[problem.as_dict() for problem in problems],
    )
