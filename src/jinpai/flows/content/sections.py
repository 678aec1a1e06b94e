"""Every kind of content with the room that gives its shape, and how a shop's packs lie over each other."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from jinpai.bargaining.content import BargainingEntry
from jinpai.bargaining.ladder_rules import LadderRules
from jinpai.catalog.content import Product, ShopEntry
from jinpai.catalog.freight import Courier
from jinpai.catalog.freight_rules import FreightRules
from jinpai.catalog.promotions import Promotion
from jinpai.copilot.content import Intent
from jinpai.copilot.feelings.moods import MoodWords
from jinpai.copilot.feelings.unrest import UnrestRules
from jinpai.copilot.hearing.topics import Topic
from jinpai.copilot.modes.modes import Modes
from jinpai.copilot.recommending.content import RecommendingRules
from jinpai.copilot.skills.answers import Wording
from jinpai.customers.content import CustomerEntry
from jinpai.customers.retention import Retention
from jinpai.desk.cards import StepCard
from jinpai.desk.content import ServiceRules
from jinpai.desk.seeds import BuyerSeed, Talk
from jinpai.guard.authority import AuthorityRules
from jinpai.guard.content import GuardEntry
from jinpai.guard.severities import SeverityEntry
from jinpai.kit.errors import BadInput
from jinpai.orders.alerts.content import AlertRule
from jinpai.orders.content import OrderingRules
from jinpai.orders.seeds import OrderSeed
from jinpai.packs.files import content_root
from jinpai.packs.loader import load_files, load_folder
from jinpai.packs.model import ID_PATTERN, Loaded, Section
from jinpai.packs.overlay import overlay
from jinpai.playbook.content import AutoReply, Script
from jinpai.promises.content import PromiseEntry
from jinpai.quality.penalties import PenaltyRules
from jinpai.reminders.content import ReminderEntry
from jinpai.staff.content import StaffEntry
from jinpai.tasks.content import TaskKind

E = TypeVar("E", bound=BaseModel)

BASE = "base"
SHOP_FOLDER = "shops"

SCRIPTS = Section("scripts", "scripts", Script)
AUTO_REPLIES = Section("auto_replies", "auto_replies", AutoReply)
RULES = Section("rules", "guard", GuardEntry)
SEVERITIES = Section("severities", "severity", SeverityEntry)
AUTHORITY = Section("authority", "authority", AuthorityRules)
INTENTS = Section("intents", "intents", Intent)
MOODS = Section("moods", "moods", MoodWords)
UNREST = Section("unrest", "unrest", UnrestRules)
MODES = Section("modes", "modes", Modes)
ANSWERS = Section("answers", "answers", Wording)
TOPICS = Section("topics", "topics", Topic)
RECOMMENDING = Section("recommending", "recommending", RecommendingRules)
PRODUCTS = Section("products", "products", Product)
SHOPS = Section("shops", "shop", ShopEntry)
STEPS = Section("steps", "steps", StepCard)
PROMOTIONS = Section("promotions", "promotions", Promotion)
COURIERS = Section("couriers", "couriers", Courier)
FREIGHT = Section("freight", "freight", FreightRules)
ORDERING = Section("ordering", "ordering", OrderingRules)
SERVICE = Section("service", "service", ServiceRules)
PROMISES = Section("promises", "promises", PromiseEntry)
BARGAINING = Section("bargaining", "bargaining", BargainingEntry)
LADDER = Section("ladder", "ladder", LadderRules)
REMINDERS = Section("reminders", "reminders", ReminderEntry)
TASKS = Section("tasks", "tasks", TaskKind)
RADAR = Section("radar", "radar", AlertRule)
CUSTOMERS = Section("customers", "customers", CustomerEntry)
RETENTION = Section("retention", "retention", Retention)
PENALTIES = Section("penalties", "penalties", PenaltyRules)
STAFF = Section("staff", "staff", StaffEntry, seed=True)
BUYERS = Section("buyers", "buyers", BuyerSeed, seed=True, history=True)
TALKS = Section("conversations", "conversations", Talk, seed=True, history=True)
ORDERS = Section("orders", "orders", OrderSeed, seed=True, history=True)

SECTIONS: tuple[Section[Any], ...] = (
    SCRIPTS,
    AUTO_REPLIES,
    RULES,
    SEVERITIES,
    AUTHORITY,
    INTENTS,
    MOODS,
    UNREST,
    MODES,
    ANSWERS,
    TOPICS,
    RECOMMENDING,
    PRODUCTS,
    SHOPS,
    STEPS,
    PROMOTIONS,
    COURIERS,
    FREIGHT,
    ORDERING,
    SERVICE,
    PROMISES,
    BARGAINING,
    LADDER,
    REMINDERS,
    TASKS,
    RADAR,
    CUSTOMERS,
    RETENTION,
    PENALTIES,
    STAFF,
    BUYERS,
    TALKS,
    ORDERS,
)
"""Every kind of content; the order is that of reports."""


def load_shop_pack(shop: str, files: Mapping[str, str], root: Path | None = None, *, history: bool = False) -> Loaded:
    """The base pack, over it the shop's pack on the disk if there is one, over that the shop's own files.

    With `history` also the past that such a shop begins with.
    """
    root = content_root() if root is None else root
    loaded = load_folder(root / BASE, SECTIONS, BASE, history=history)
    pack, problems = loaded.pack, list(loaded.problems)
    if re.fullmatch(ID_PATTERN, shop) and (root / SHOP_FOLDER / shop).is_dir():
        on_disk = load_folder(root / SHOP_FOLDER / shop, SECTIONS, f"{SHOP_FOLDER}/{shop}", history=history)
        problems += on_disk.problems
        pack = overlay(pack, on_disk.pack)
    own = load_own_files(files)
    return Loaded(overlay(pack, own.pack), (*problems, *own.problems))


def load_own_files(files: Mapping[str, str]) -> Loaded:
    """What a shop publishes for itself: every kind of content but seeds."""
    return load_files(files, [section for section in SECTIONS if not section.seed])


def load_section(section: Section[E], shop: str = "", root: Path | None = None) -> tuple[E, ...]:
    """The entries of one kind of content on the disk, the shop's over the base pack's, without reading the rest.

    BadInput when there is no such shop, or naming the first entry that cannot be used.
    """
    root = content_root() if root is None else root
    loaded = _only(section, root / BASE, BASE)
    pack = loaded.pack
    if shop:
        if not re.fullmatch(ID_PATTERN, shop) or not (root / SHOP_FOLDER / shop).is_dir():
            raise BadInput(f"没有店铺“{shop}”的内容包，请检查 --shop")
        pack = overlay(pack, _only(section, root / SHOP_FOLDER / shop, f"{SHOP_FOLDER}/{shop}").pack)
    return pack.entries(section)


def _only(section: Section[E], folder: Path, name: str) -> Loaded:
    files = {
        f"{section.folder}/{path.name}": path.read_text("utf-8")
        for path in sorted((folder / section.folder).glob("*.yaml"))
    }
    loaded = load_files(files, [section])
    if loaded.problems:
        first = loaded.problems[0]
        raise BadInput(f"{name} 的内容有问题：{first.file} 第 {first.line} 行，{first.message}")
    return loaded
