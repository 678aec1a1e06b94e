"""A promise beside its order: what the remark must tell the packers, and what the order's facts decide."""

from dataclasses import replace

import pytest

from jinpai.flows.content.sections import PROMISES, load_section
from jinpai.orders.model import Order, Parcel
from jinpai.promises.checking import check_remark, judge_facts
from jinpai.promises.content import unwrap
from jinpai.promises.words import compile_words

WORDS = compile_words(tuple(unwrap(entry) for entry in load_section(PROMISES)))
PAID = Order("o_1", "demo", "2611230001", 0, 0, state="paid")
NOON, EVENING = 1_000_000, 2_000_000


@pytest.mark.parametrize(
    ("kind", "text", "remark", "note", "check"),
    [
        ("courier", "给您发顺丰", "", "", "missing"),
        ("courier", "给您发顺丰", "发顺丰", "", "noted"),
        ("courier", "给您发EMS", "发中通", "", "contradicted"),
        ("courier", "给您发顺丰", "发顺丰", "请发圆通", "contradicted"),
        ("gift", "给您放一双袜子", "送袜子一双", "", "noted"),
        ("gift", "给您放一双袜子", "急件", "", "missing"),
        ("invoice", "给您备注好了", "开发票 抬头个人", "", "noted"),
        ("call_back", "下午给您回电话", "", "", "needless"),
    ],
)
def test_what_the_packers_would_know(kind: str, text: str, remark: str, note: str, check: str) -> None:
    order = replace(PAID, remark=remark, buyer_note=note)
    assert check_remark(WORDS, kind, text, order) == check  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "order", "now", "outcome"),
    [
        ("dispatch_by", PAID, NOON, None),
        ("dispatch_by", PAID, EVENING + 1, "broken"),
        ("dispatch_by", replace(PAID, state="shipped", shipped_at=NOON), EVENING + 1, "kept"),
        ("dispatch_by", replace(PAID, state="shipped", shipped_at=EVENING + 5), EVENING + 9, "broken"),
        ("courier", replace(PAID, state="shipped", parcels=(Parcel("SF1234", "顺丰速运"),)), NOON, "kept"),
        ("courier", replace(PAID, state="shipped", parcels=(Parcel("ZT1234", "中通快递"),)), NOON, "broken"),
        ("courier", replace(PAID, state="shipped"), NOON, None),
        ("refund", replace(PAID, refund="done", changed_at=NOON), NOON, "kept"),
        ("gift", replace(PAID, state="completed"), EVENING + 1, None),
    ],
)
def test_what_the_order_decides(kind: str, order: Order, now: int, outcome: str | None) -> None:
    assert judge_facts(kind, "给您发顺丰", NOON - 1, EVENING, order, now) == outcome  # type: ignore[arg-type]
