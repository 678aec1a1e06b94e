"""What agents promise in the base pack's words, and what only sounds like a promise."""

from datetime import datetime

import pytest

from jinpai.flows.content.sections import PROMISES, load_section
from jinpai.kit.clock import SHOP_TIME
from jinpai.promises.content import KINDS, PromiseWords, unwrap
from jinpai.promises.finding import find_promises
from jinpai.promises.model import Spoken
from jinpai.promises.words import compile_words

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=SHOP_TIME)
ENTRIES = tuple(unwrap(entry) for entry in load_section(PROMISES))
WORDS = compile_words(ENTRIES)


def promised(*lines: str, is_sent: bool = False) -> list[str]:
    """The kinds promised in a talk; lines begin with 买 or 客."""
    talk = [Spoken("buyer" if line[0] == "买" else "agent", line[1:].strip(), NOW) for line in lines]
    return [promise.kind for promise in find_promises(WORDS, talk, is_sent=is_sent)]


def test_every_kind_has_its_words() -> None:
    assert {entry.promise for entry in ENTRIES if isinstance(entry, PromiseWords)} == set(KINDS)


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (("买 能发顺丰吗", "客 可以的亲，给您备注顺丰"), ["courier"]),
        (("买 什么时候发", "客 今天下午五点前给您发出哦"), ["dispatch_by"]),
        (("买 便宜点呗", "客 您先拍下，我给您改价"), ["discount"]),
        (("买 送个小礼物吧", "客 好的，给您放一双袜子"), ["gift"]),
        (("买 我要开发票，抬头是个人", "客 好的，给您备注了"), ["invoice"]),
        (("买 帮我把S码换成M码", "客 没问题"), ["change"]),
        (("买 一直没人理我", "客 我去问下仓库，半小时内回复您"), ["call_back"]),
        (("买 多收我邮费了", "客 抱歉，多收的8元邮费今天退您"), ["freight_refund"]),
        (("买 给我包个邮吧", "客 行，这单给您包邮"), ["free_shipping"]),
        (("买 杯子磕坏了一点", "客 真的抱歉，给您补偿20元"), ["compensation"]),
        (("买 我不想要了", "客 还没发呢，马上给您退款"), ["refund"]),
        (("买 周六前能到吗", "客 能的，周五一定给您送到"), ["arrival"]),
        (("买 寄回去的邮费14块5 单子发你了", "客 看到啦，2天内退您14.5"), ["freight_refund"]),
        (("买 270拿了", "客 270不行哦", "买 280", "客 280给您，再送个收纳盒"), ["discount", "gift"]),
        (("买 我买10个", "客 10个的话，按85折给您，先拍下等我改价哈"), ["discount"]),
        (("买 发顺丰 今天发 可以吗", "客 可以，今天给您发顺丰"), ["courier", "dispatch_by"]),
        (("买 锅盖磕了个坑", "客 换一口新的给您，另外退您 30 元当心意"), ["compensation", "change"]),
        (("买 急着用", "客 明白，这就给您备注优先打单"), ["dispatch_by"]),
    ],
)
def test_a_promise_is_heard(lines: tuple[str, ...], kinds: list[str]) -> None:
    assert sorted(promised(*lines)) == sorted(kinds)


@pytest.mark.parametrize(
    "lines",
    [
        ("买 能发顺丰吗", "客 不好意思亲，顺丰发不了哦"),
        ("买 你们发什么快递", "客 默认发中通的"),
        ("买 什么时候发", "客 一般48小时内发货"),
        ("买 什么时候发", "客 付款后48小时内发货的哦"),
        ("买 发了吗", "客 已经发出了亲"),
        ("买 便宜10块吧", "客 如果您买两件，可以便宜10块"),
        ("买 满多少包邮", "客 满199包邮的"),
        ("买 衣服破了个洞", "客 给您补偿20元，您看可以吗？"),
        ("买 便宜点吧", "客 我帮您问一下店长"),
        ("买 40块卖不", "客 亲 给您45 再送个袋子 您觉得行吗"),
        ("买 质量不好能退吗", "客 坏了都包赔的，放心买"),
        ("买 不要放小票", "客 好的亲，不放的"),
        ("买 能便宜20吗", "客 您好，在的呢"),
        ("客 在的亲，有什么可以帮您",),
        ("买 便宜点吧", "客 真的没有改价的权限，您见谅"),
        ("买 一年就用几回 划算吗", "客 价格是贵些，一年就三四次的话租一个就好"),
        ("买 灯不亮了", "客 两个办法：给您退全款；或者给您换新的，您选哪个？"),
        ("买 明天能到吗", "客 明天到的把握不大"),
        ("买 周六能送来吗", "客 周六真的送不到呢"),
        ("买 发了吗", "客 您的包裹已经交给中通了"),
        ("买 到哪了", "客 看到了，今天早上到的郑州中转"),
        ("买 送什么呀", "客 怕冷的再多备一件抓绒就行"),
        ("买 退款呢", "客 财务正在审核退款"),
        ("买 什么时候给我换", "客 仓库收到检查没问题当天给您换新"),
        ("买 丢了怎么办", "客 丢件由咱们补发，不让您担着"),
    ],
)
def test_what_only_sounds_like_one_is_none(lines: tuple[str, ...]) -> None:
    assert promised(*lines) == []


def test_a_wish_noted_when_the_parcel_has_left_is_no_promise() -> None:
    lines = ("买 能发顺丰吗", "客 好的，给您备注顺丰")
    assert promised(*lines) == ["courier"]
    assert promised(*lines, is_sent=True) == []


def test_the_promise_stands_at_the_message_that_made_it_with_its_time() -> None:
    talk = [
        Spoken("buyer", "今天能发吗", NOW),
        Spoken("agent", "您好", NOW),
        Spoken("agent", "今天16点前给您发走", NOW),
    ]
    (promise,) = find_promises(WORDS, talk)
    assert (promise.message, promise.text) == (2, "今天16点前给您发走")
    assert promise.due == NOW.replace(hour=16, minute=0)


@pytest.mark.parametrize(
    "text", ["", " ", "😊😊", "好" * 20_000, "\0\x1b[31m", "1234567890" * 500, "，。，。？" * 1_000]
)
def test_odd_messages_promise_nothing_and_break_nothing(text: str) -> None:
    assert promised("买 能发顺丰么", f"客 {text or '？'}") in ([], ["courier"])


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("今天晚上 20:00 前给您回电话", "03-03 20:00"),
        ("明天 上午 10 点 前 给您回电话", "03-04 10:00"),
        ("周三 前 给您答复", "03-04 23:59"),
        ("3 个工作日内 给您退款", "03-06 23:59"),
        ("您这单 129 元 明天给您改价", "03-04 23:59"),
    ],
)
def test_a_space_within_a_time_does_not_part_it_from_what_is_promised(words: str, due: str) -> None:
    (promise,) = find_promises(WORDS, [Spoken("agent", words, NOW)])
    assert promise.due is not None
    assert f"{promise.due:%m-%d %H:%M}" == due
