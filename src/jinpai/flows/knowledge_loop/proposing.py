"""From a question many buyers ask to an answer for all: drafted from the best one given, checked, proposed, published.

Nothing is in force before a person with the right has published it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from jinpai.desk.store import get_conversations
from jinpai.flows.advising.suggesting import STOPPING
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.content.overlays import Edit, find_section, list_entries, publish_overlay
from jinpai.flows.content.sections import PRODUCTS, SCRIPTS
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.guarding.situation import situation
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.knowledge.actions import decide
from jinpai.knowledge.drafting import Cleaned, People, clean, latin_words, personal
from jinpai.knowledge.model import Topic
from jinpai.knowledge.store import Decision
from jinpai.orders.store import find_buyer_orders
from jinpai.packs.actions import propose_version
from jinpai.packs.editing import set_entry
from jinpai.packs.store import Version, find_current, find_version
from jinpai.staff.model import Actor

Kind = Literal["faq", "script"]
SHORT = 20
"""A script's title is the question, cut to so many characters."""
_LADDER = "bargaining.ladder"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer for all: a question of a product's record (`product`), or a script of a scene (`scene`)."""

    kind: Kind
    question: str
    answer: str
    product: str = ""
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A proposal made ready for a person to look at, what was taken out of it, and what still speaks against it."""

    proposal: Proposal
    taken: tuple[str, ...]
    problems: tuple[str, ...]


def sketch(house: House, shop: str, topic: Topic, kind: Kind | None = None) -> Sketch:
    """The proposal this topic's best answer makes; the answer is empty where nobody gave one fit for all."""
    content, people = house.content.shop(shop), _people(house, shop, topic)
    product = topic.product if any(one.id == topic.product for one in content.products) else ""
    wanted: Kind = kind or ("faq" if product else "script")
    named = content.names.find(topic.centre.text)
    product = product or (named.id if named is not None else "")
    answer = clean(topic.best.answer, people, variables=wanted == "script") if topic.best else Cleaned("", ())
    question = clean(topic.centre.text, people, variables=False)
    intent = next((one for one in content.lessons.intents if one.id == topic.intent), None)
    scene = next((one for one in (intent.scenes if intent else ()) if one != _LADDER), "")
    proposal = Proposal(wanted, question.text, answer.text, product, scene)
    taken = tuple(dict.fromkeys((*answer.taken, *question.taken)))
    return Sketch(proposal, taken, tuple(_objections(house, content, people, proposal)) if answer.text else ())


def propose(house: House, actor: Actor, shop: str, topic: Topic, proposal: Proposal) -> Decision:
    """Store the proposal as a content version, not in force; BadInput with the reason where it may not be said."""
    objections = _objections(house, house.content.shop(shop), _people(house, shop, topic), proposal)
    if objections:
        raise BadInput(objections[0], problems=objections)
    version = house.writer.run(_version(house, actor, shop, topic.centre.fact, proposal))
    return house.writer.run(
        decide(decision_on(topic, shop, actor, "proposed", draft=asdict(proposal), version=version.id))
    )


def publish(house: House, actor: Actor, decision: Decision) -> None:
    """Put the proposal in force, laid over what is in force now; BadInput where it does not fit that any more."""
    if decision.state != "proposed" or decision.undone_at is not None:
        raise Conflict("这条提议已经撤回，请刷新页面")
    shop, proposal = decision.shop, Proposal(**decision.draft)
    summary = house.writer.run(_version(house, actor, shop, decision.fact, proposal))
    with house.database.read() as connection:
        version: Version | None = find_version(connection, shop, summary.id)
    if version is None:
        raise NotFound("没有这个内容版本，请刷新列表再试")
    house.writer.run(publish_overlay(version, actor.author))


def decision_on(
    topic: Topic,
    shop: str,
    actor: Actor,
    state: Literal["aside", "proposed"],
    *,
    reason: str = "",
    draft: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Decision:
    """A decision on this topic, to be noted."""
    centre, asked = topic.centre, len(topic.questions)
    return Decision(
        "", shop, centre.fact, centre.conversation, centre.seq, asked, state, reason, actor.id, 0, draft or {}, version
    )


def is_live(content: ShopContent, decision: Decision) -> bool:
    """Whether what was proposed is in force now."""
    proposal = Proposal(**decision.draft)
    if proposal.kind == "script":
        return any(one.id == _script_id(decision.fact) and one.text == proposal.answer for one in content.scripts)
    product = next((one for one in content.products if one.id == proposal.product), None)
    asked = (proposal.question, proposal.answer)
    return product is not None and any((one.question, one.answer) == asked for one in product.faq)


def _objections(house: House, content: ShopContent, people: People, proposal: Proposal) -> list[str]:
    """What speaks against saying this to every buyer, as sentences with the fix."""
    found = []
    kinds = personal(f"{proposal.question}\n{proposal.answer}", people)
    if kinds:
        found.append(f"里面还有{'、'.join(kinds)}，只属于那一位买家，请去掉或换成变量")
    if proposal.kind == "faq" and "{" in proposal.answer:
        found.append("商品问答照原样回复，不能用变量，请把花括号里的换成大家都适用的说法")
    bare = proposal.answer.replace("{", "").replace("}", "")
    for hit in content.guard.check(bare, situation(content, (), house.clock.now(), bare)):
        if hit.severity in STOPPING:
            found.append(f"“{hit.text}”会被检查拦下：{hit.why}，请换个说法")
    return found


def _version(house: House, actor: Actor, shop: str, fact: int, proposal: Proposal) -> Any:
    """The action that stores what is in force with the proposal written into it."""
    with house.database.read() as connection:
        current = find_current(connection, shop)
    files = {} if current is None else current.files
    edit = _edit(house, shop, files, fact, proposal)
    changed = set_entry(files, find_section(edit.section).folder, edit.id, edit.value)
    note = f"常见问题：{proposal.question}"[:200]
    return propose_version(shop, actor.author, note, changed, check_shop_files)


def _edit(house: House, shop: str, files: Mapping[str, str], fact: int, proposal: Proposal) -> Edit:
    if proposal.kind == "faq":
        entries = list_entries(shop, files, PRODUCTS.name)
        value = next((one.value for one in entries if one.id == proposal.product), None)
        if value is None:
            raise BadInput("请选一个商品，问答写在商品资料里")
        others = [one for one in value.get("faq", ()) if one["question"] != proposal.question]
        faq = [*others, {"question": proposal.question, "answer": proposal.answer}]
        return Edit(PRODUCTS.name, proposal.product, {**value, "faq": faq})
    if not proposal.scene or proposal.scene == _LADDER:
        raise BadInput("请选这条话术用在哪个场景")
    content = house.content.shop(shop)
    intent = next((one for one in content.lessons.intents if proposal.scene in one.scenes), None)
    audience: Sequence[str] = intent.audience if intent else ("pre_sale",)
    value = {
        "scene": proposal.scene,
        "audience": list(audience),
        "title": proposal.question[:SHORT],
        "text": proposal.answer,
        "tone": "warm",
        "source": "买家常问",
    }
    return Edit(SCRIPTS.name, _script_id(fact), value)


def _people(house: House, shop: str, topic: Topic) -> People:
    """Who must not be told from it: the topic's buyers, and what the records know of the one who was answered."""
    best = topic.best or topic.centre
    content = house.content.shop(shop)
    with house.database.read() as connection:
        states = get_conversations(connection, list({one.conversation for one in topic.questions}))
        orders = find_buyer_orders(connection, house.sealer, shop, states[best.conversation].buyer)
    told = {part for one in orders for part in (one.receiver, one.phone, one.address, one.number) if part}
    names = {one.buyer_name for one in states.values()}
    own = [
        text
        for one in content.products
        for text in (one.title, one.short, *one.selling_points, *one.attributes.values())
    ]
    return People(tuple(sorted(told | names)), states[best.conversation].buyer_name, best.who, latin_words(own))


def _script_id(fact: int) -> str:
    return f"asked-{fact}"
