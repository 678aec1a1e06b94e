"""What a shop's products become when lines of a file are laid over them: pure, so that a trial is the same as a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from jinpai.catalog.content import Product
from jinpai.catalog.importing.reading import Goods, fingerprint, id_of
from jinpai.importing.cells import Unreadable
from jinpai.importing.model import Outcome, Plan, Rejected, Tally
from jinpai.packs.wording import explain

Entry = dict[str, Any]
"""A product as plain JSON values."""

UNSORTED = "未分类"
STANDARD = "默认"
"""What a product's kind, and its only variant, is called where the file does not say."""

SHORT, TELLING = 20, 4
"""How many characters a name to call it by may have; how many a title's first word must have to be one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The products that are not as before, by id, and what became of the lines."""

    entries: Mapping[str, Entry]
    tally: Tally


def merge_goods(products: Sequence[Product], plan: Plan[Goods]) -> Merged:
    """Lay the lines over these products, one after the other; what a line does not tell stays as it was."""
    shelf = _Shelf({product.id: product for product in products})
    rejected = list(plan.rejected)
    for line, goods in plan.lines:
        try:
            shelf.put(line, goods)
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    rejected += shelf.drop_unsound()
    tally = Tally(plan.count, rejected=sorted(rejected, key=lambda one: one.line))
    tally.add([outcome for outcomes in shelf.outcomes.values() for _, outcome in outcomes])
    changed = {id_: shelf.entries[id_] for id_, outcomes in shelf.outcomes.items() if _is_new(outcomes)}
    return Merged(changed, tally)


@dataclass(slots=True)
class _Shelf:
    """The products as they stand after the lines so far; `outcomes` are the lines of each product."""

    known: dict[str, Product]
    entries: dict[str, Entry] = field(default_factory=dict)
    outcomes: dict[str, list[tuple[int, Outcome]]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    titles: dict[str, tuple[int, str]] = field(default_factory=dict)
    heard: dict[tuple[str, str], tuple[int, Goods]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owners = {sku.id: product.id for product in self.known.values() for sku in product.skus}

    def put(self, line: int, goods: Goods) -> None:
        """One more line; Unreadable when it cannot be, and then nothing has changed."""
        product, sku = self._place(goods)
        first, told = self.heard.get((product, sku), (line, goods))
        if told != goods:
            raise Unreadable(f"和第 {first} 行是同一个规格，内容却不一样，请核对后只留一行")
        first, title = self.titles.get(product, (line, goods.title or ""))
        if goods.title and title and goods.title != title:
            raise Unreadable(f"和第 {first} 行的商品编码相同，标题却不一样，请核对")
        before = self._entry(product)
        after = _laid(before, goods, product, sku)
        self.heard[product, sku] = (line, goods)
        if goods.title:
            self.titles.setdefault(product, (line, goods.title))
        self.owners[sku] = product
        self.entries[product] = after
        self.outcomes.setdefault(product, []).append((line, _outcome(before, after, sku)))

    def drop_unsound(self) -> list[Rejected]:
        """Take back the products that content would refuse; their lines, each with the reason."""
        found: list[Rejected] = []
        for id_ in list(self.outcomes):
            reason = _flaw(self.entries[id_]) if _is_new(self.outcomes[id_]) else ""
            if reason:
                found += [Rejected(line, reason) for line, _ in self.outcomes.pop(id_)]
        return found

    def _place(self, goods: Goods) -> tuple[str, str]:
        """The ids of the product and of the variant this line is about."""
        owner = self.owners.get(id_of(goods.sku)) if goods.sku else None
        if not goods.code:
            if owner is None:
                raise Unreadable(f"店里没有规格编码“{goods.sku}”，新商品请带上商品编码这一列")
            return owner, id_of(goods.sku)
        product = id_of(goods.code)
        if owner is not None and owner != product:
            raise Unreadable(f"规格编码“{goods.sku}”已经用在商品“{owner}”，请核对编码")
        return product, self._variant(product, goods)

    def _variant(self, product: str, goods: Goods) -> str:
        """The variant's id: by its code, else the known one that is called so, else a new one from its name."""
        if goods.sku:
            return id_of(goods.sku)
        skus = self._entry(product).get("skus", [])
        if not goods.name and len(skus) == 1:
            return str(skus[0]["id"])
        same = next((str(sku["id"]) for sku in skus if sku["name"] == (goods.name or STANDARD)), None)
        return same or f"{product}-{fingerprint(goods.name) if goods.name else 'std'}"

    def _entry(self, product: str) -> Entry:
        if product not in self.entries and product in self.known:
            self.entries[product] = self.known[product].model_dump(mode="json", exclude_unset=True)
        return self.entries.get(product, {})


def _laid(before: Entry, goods: Goods, product: str, sku: str) -> Entry:
    """The product after this line; Unreadable when something new lacks what it needs."""
    after = dict(before)
    if not before:
        if not goods.title:
            raise Unreadable("店里还没有这个商品，新商品要有标题")
        after = {"id": product, "title": goods.title, "short": _short(goods.title), "category": UNSORTED, "skus": []}
    told: Entry = {"title": goods.title, "short": goods.short, "category": goods.category, "parcel_grams": goods.grams}
    told |= {"selling_points": list(goods.points), "box": list(goods.box), "listed_on": goods.listed}
    after |= {name: value for name, value in told.items() if value}
    if goods.attributes:
        after["attributes"] = {**after.get("attributes", {}), **goods.attributes}
    skus = {one["id"]: one for one in after["skus"]}
    skus[sku] = _sku(skus.get(sku), goods, sku)
    return after | {"skus": list(skus.values())}


def _sku(before: Entry | None, goods: Goods, id_: str) -> Entry:
    told = {"name": goods.name, "spec": dict(goods.spec), "price": goods.price}
    after = {**(before or {"id": id_, "name": STANDARD}), **{name: value for name, value in told.items() if value}}
    if goods.stock is not None:
        after["stock"] = goods.stock
    missing = [word for name, word in (("price", "价格"), ("stock", "库存")) if name not in after]
    if missing:
        raise Unreadable(f"店里还没有这个规格，新规格要有{'和'.join(missing)}")
    return after


def _outcome(before: Entry, after: Entry, sku: str) -> Outcome:
    if all(one["id"] != sku for one in before.get("skus", ())):
        return "created"
    return "unchanged" if before == after else "updated"


def _is_new(outcomes: Sequence[tuple[int, Outcome]]) -> bool:
    return any(outcome != "unchanged" for _, outcome in outcomes)


def _short(title: str) -> str:
    """What people call it: the title's first word where that says enough, else its beginning."""
    first = title.split(maxsplit=1)[0]
    return first if TELLING <= len(first) <= SHORT else title[:SHORT].strip()


def _flaw(entry: Entry) -> str:
    """What content would refuse about the product, with the fix; empty when it is sound."""
    try:
        Product.model_validate(entry)
    except ValidationError as error:
        _, sentence = explain(error.errors(include_url=False, include_input=False), entry, Product)[0]
        return f"商品资料不对：{sentence}"
    return ""
