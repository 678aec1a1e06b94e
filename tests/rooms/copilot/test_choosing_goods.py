"""Which goods a buyer is recommended, and why: nothing by chance, nothing sold out, nothing the records do not say."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinpai.catalog.kinds import goods_called, goods_of_kind
from jinpai.catalog.promotions import is_running
from jinpai.copilot.recommending.choosing import fact_of, recommend
from jinpai.copilot.recommending.fitting import fitting
from jinpai.copilot.recommending.model import Basket, Least, Recommendation, Wishes
from jinpai.copilot.recommending.together import learn_pairs
from jinpai.copilot.skills.answers import tell
from jinpai.copilot.skills.ground import Ground
from jinpai.flows.advising.last_words import Spoken
from jinpai.flows.advising.suggesting import STOPPING, look_around, situation_of
from jinpai.flows.content.shop import load_shop_content
from jinpai.flows.filling import Scene
from jinpai.stock.model import Available

CONTENT = load_shop_content("demo")
GOODS = {product.id: product for product in CONTENT.products}
NOW = 1_795_399_200_000
TODAY = date(2026, 11, 23)
RUNNING = tuple((one, one.period.on(TODAY)[1]) for one in CONTENT.promotions if is_running(one, TODAY, TODAY))
LEAST = Least(orders=3, lift=1.5)


def baskets(*orders: tuple[str, str]) -> list[Basket]:
    """Orders as (buyer, products separated by spaces)."""
    return [Basket(buyer, frozenset(products.split())) for buyer, products in orders]


def around(
    product: str = "", said: Sequence[str] = ("推荐一下",), stock: Available | None = None, **wishes: object
) -> Ground:
    """The ground under a talk about this product with a buyer of whom this is known."""
    scene = Scene(product=GOODS.get(product), running=RUNNING, wishes=Wishes(**wishes))  # type: ignore[arg-type]
    talk = [Spoken(is_buyer=True, text=text) for text in said]
    return look_around(CONTENT, replace(scene, stock=stock or Available()), talk, NOW)


def named(found: Sequence[Recommendation]) -> list[str]:
    return [one.product.id for one in found]


OTHERS = [(f"m{number}", f"hat{number % 9}") for number in range(40)]


@pytest.mark.parametrize(
    ("orders", "says"),
    [
        ([("a", "tent pad"), ("b", "tent pad")], False),
        ([("a", "tent pad"), ("b", "tent pad"), ("c", "tent pad")], True),
        ([("a", "tent pad")] * 9, False),
        ([(str(number), "tent pad") for number in range(9)] + [(f"x{n}", "tent") for n in range(400)], False),
    ],
    ids=["two chance orders", "three buyers", "one buyer nine times", "what everybody buys anyway"],
)
def test_goods_belong_together_once_enough_buyers_say_so(orders: list[tuple[str, str]], says: bool) -> None:
    told = baskets(*orders, *(OTHERS if len(orders) < 100 else [(f"p{n}", "pad") for n in range(30)]))
    pairs = learn_pairs(told, LEAST)
    assert ("tent" in pairs) is says
    random.Random(3).shuffle(told)
    assert learn_pairs(told, LEAST) == pairs


def test_orders_put_together_by_chance_teach_next_to_nothing() -> None:
    chance, goods = random.Random(11), [f"g{number}" for number in range(30)]
    told = [Basket(str(number), frozenset(chance.sample(goods, 2))) for number in range(2_000)]
    pairs = learn_pairs(told, LEAST)
    assert sum(map(len, pairs.values())) / 2 <= 0.02 * 30 * 29 / 2


def test_what_is_sold_out_is_not_recommended_and_something_of_its_kind_stands_in() -> None:
    gone = Available({sku.id: 0 for sku in GOODS["chair-yueya"].skus})
    found = recommend(around("chair-yueya", stock=gone))
    assert (found[0].source, found[0].product.category) == ("alternative", "桌椅")
    assert found[0].evidence["instead_of"] == "chair-yueya"
    assert "chair-yueya" not in named(recommend(around("table-pingchuan", stock=gone)))
    assert "chair-yueya" in named(recommend(around("table-pingchuan")))


def test_who_looks_at_a_tent_is_shown_no_other_tent_for_the_mat_they_have() -> None:
    pairs = learn_pairs(baskets(*((str(n), "pad-danchao tent-xiya-2p") for n in range(9)), *OTHERS), LEAST)
    assert "tent-xiya-2p" in named(recommend(around(owned=("pad-danchao",), pairs=pairs)))
    assert "tent-xiya-2p" not in named(recommend(around("tent-luyuan-4p", owned=("pad-danchao",), pairs=pairs)))


def test_a_set_is_named_with_its_saving_only_while_the_buyer_would_get_it() -> None:
    (first, *_) = recommend(around("tent-xiya-2p"))
    assert (first.source, first.evidence["off"], first.product.id) == ("bundle", "60.00", "pad-danchao")
    gone = Available({sku.id: 0 for sku in GOODS["bag-nuanshan"].skus})
    assert "bundle" not in {one.source for one in recommend(around("tent-xiya-2p", stock=gone))}


def test_only_what_fits_the_buyer_is_recommended_in_their_size() -> None:
    tall = {"height": "175 cm", "weight": "70 kg"}
    assert {sku.name for sku in fitting(GOODS["down-songyu"], Available(), tall)} == {"黑 L", "赭红 L"}
    assert [sku.name for sku in fitting(GOODS["socks-rongma"], Available(), {"shoe_size": "44 码"})] == ["灰 43–45"]
    assert fitting(GOODS["down-songyu"], Available(), {"height": "195 cm", "weight": "98 kg"}) == ()
    (shoes,) = (one for one in recommend(around("socks-rongma", facts={"shoe_size": "40 码"})) if one.sku)
    assert shoes.sku is not None
    assert shoes.sku.id == "shoes-yanyang-40"


def test_what_the_buyer_says_they_need_comes_first_and_what_they_turn_down_no_more() -> None:
    found = recommend(around(said=("给孩子挑个露营用的",)))
    assert {one.source for one in found} == {"need"}
    assert ("孩子", "bag-xiaolu") in {(one.values["需要"], one.product.id) for one in found}
    assert "poles-zhuxi" in named(recommend(around("shoes-yanyang", said=("还要什么搭配",))))
    assert "poles-zhuxi" not in named(recommend(around("shoes-yanyang", said=("登山杖用不上，还有别的搭配吗",))))


SHOP_DATA = json.dumps([product.model_dump(mode="json") for product in CONTENT.products], ensure_ascii=False)
ATTRIBUTES = [f"{name} {value}" for one in CONTENT.products for name, value in one.attributes.items()]
MADE_OF = [f"{it.part}用的是{it.what}，{it.strengths}" for one in CONTENT.products for it in one.materials]
RULES = CONTENT.recommending
KNOWN = {
    "人数": {"7"},
    "立减": {"60"},
    "需要": {*(need.value for need in RULES.needs), *(trait.name for trait in RULES.traits)},
    "依据": {part for said in (*ATTRIBUTES, *MADE_OF) for part in said.split("、")},
    **{name: set[str]() for name in ("商品", "原商品", "类目", "卖点", "搭配", "套装")},
}
"""What may stand in a sentence beside the words of the shop's products."""
GOODS_SET = st.frozensets(st.sampled_from(sorted(GOODS)), max_size=6)
QUESTIONS = st.lists(
    st.sampled_from(
        ("推荐一款", "配什么好", "去露营", "给孩子买", "爬山穿什么", "身高165体重110", "不要了", "99元够吗", "36码")
    )
    | st.sampled_from([product.short for product in GOODS.values()])
    | st.text(max_size=12),
    min_size=1,
    max_size=4,
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(["", *GOODS]), QUESTIONS, GOODS_SET, GOODS_SET, GOODS_SET)
def test_whatever_is_asked_a_recommendation_says_nothing_that_is_not_in_the_shops_data(
    product: str, said: list[str], owned: frozenset[str], refused: frozenset[str], gone: frozenset[str]
) -> None:
    orders = [Basket(str(number), frozenset(("tent-xiya-2p", "lamp-yuelang"))) for number in range(7)]
    pairs = learn_pairs([*orders, *baskets(*OTHERS)], LEAST)
    stock = Available({sku.id: 0 for id_ in gone for sku in GOODS[id_].skus})
    ground = around(product, ["".join(said)], stock, owned=tuple(sorted(owned)), refused=refused, pairs=pairs)
    found = recommend(ground)
    assert len(found) <= 3
    focus = ground.product.id if ground.product else ""
    assert not {*named(found)} & {focus, *owned, *refused, *gone}
    judge = situation_of(CONTENT, [Spoken(is_buyer=True, text=text) for text in said], NOW)
    for one in found:
        assert all(stock.of(sku) > 0 for sku in one.skus)
        assert one.price <= min(float(sku.price) for sku in one.skus)
        told = tell(fact_of(one), CONTENT.answers, len(said))
        assert told is not None
        assert told.source
        assert set(re.findall(r"\d+", told.text)) <= set(re.findall(r"\d+", " ".join(one.values.values())))
        for name, value in one.values.items():
            assert all(part in KNOWN[name] or part in SHOP_DATA for part in value.split("、")), (name, value)
        assert not [hit for hit in CONTENT.guard.check(told.text, judge(told.text)) if hit.severity in STOPPING]


def test_a_noun_that_ends_several_names_means_the_category_called_so() -> None:
    goods = load_shop_content("demo").products
    assert {one.category for one in goods_called("背多大的包 包有推荐吗", goods)} == {"背包"}
    assert {one.category for one in goods_of_kind("小朋友背的包有吗", goods)} == {"背包"}


@pytest.mark.parametrize("said", ["手掌围20穿几码", "会被包起来寄吗", "去天目湖玩"])
def test_everyday_words_that_sound_like_goods_name_none(said: str) -> None:
    assert goods_of_kind(said, load_shop_content("demo").products) == ()


@pytest.mark.parametrize(
    ("said", "category"), [("睡带怎么洗", "睡袋"), ("帐棚多少钱", "帐篷"), ("登山扙咋卖", "登山杖")]
)
def test_goods_misspelt_by_their_sound_are_known(said: str, category: str) -> None:
    assert {one.category for one in goods_of_kind(said, load_shop_content("demo").products)} == {category}
