"""Whether an answer dodges the question it follows, where no list of words foresaw it.

What is weighed is the pairs of characters of the answer, what it contains (a time, an amount, a yes, a counter-question
…), and each of these beside the pairs of characters of the question: that 多久 wants a time is learned, not written.
The weights stand in dodges.txt, which `python -m bench.dodge_table` learns from pairs judged one by one.
"""

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import sqrt
from pathlib import Path

from jinpai.guard.excuses import Case, Find
from jinpai.guard.replies import asks
from jinpai.guard.tones import pairs

TABLE = Path(__file__).with_name("dodges.txt")

LONGEST_QUESTION, SHORTEST, LONGEST = 40, 4, 40
"""Longer questions tell a story; shorter answers are judged by other rules, longer ones are taken to answer."""

CLEARLY_ANSWERED = -500
"""What sounds so much like an answer is one, whatever words it lacks."""

MOST = 3
"""Of more open questions the oldest are not looked at."""

TAG_PART = 0.5
"""What a thing contained counts beside the pairs of the answer."""

_NUMBER = r"(?:\d+|[零一二两三四五六七八九十百半几]+)"
_CONTAINS: Mapping[str, re.Pattern[str]] = {
    "time": re.compile(
        rf"{_NUMBER}(?:个)?(?:多)?(?:工作日|[天日号]|小时|钟头|点|分|周|星期|月|年|秒)|[今明后昨前当次][天日晚早]|[上下中]午|早上|晚上|[上下本这]?周[一二三四五六日天末初]|月[底初中]|年[底初]|刚[刚才发]|已经?[发寄到改退]|随时|长期"
    ),
    "money": re.compile(rf"{_NUMBER}(?:[元块毛折分]|\.\d)|¥|免费|包邮|不[收加要用]您?[费钱运]|原价|半价|\d$"),
    "figure": re.compile(
        r"\d|[零一二两三四五六七八九十百半单双]+[片包袋只双件条米寸斤克升人层年月天档次个款种张颗升节套码]|[smlx]{1,4}码?"
    ),
    "yes": re.compile(
        r"^(?:亲+|您好|嗯+|哦|哈|这款?|这个|它|我们|咱们?|家|都|,)*(?:可以|能|会|有|支持|是[的啊呀哦,]|对|行|没问题|包[邮的安]|带[的了一]|送[的一两]|好的)"
    ),
    "no": re.compile(r"^(?:亲+|您好|嗯+|哦|这款?|这个|它|我们|咱们?|家|都|,)*(?:不|没|无|暂|还没|还不|只)"),
    "not": re.compile(r"不|没|无"),
    "wait": re.compile(
        r"稍[等候后]|[帮给为][您你]|查|核[实对]|确认|问[一下问]|回[复您话]|告诉|答复|登记|反馈|联系|催|处理中|转接|看[一]?下"
    ),
    "asks": re.compile(r"[吗么]|哪|什么|多少|几[位个口]|[麻请]烦?[您问]|[发告][给诉]?我|提供"),
    "sorry": re.compile(r"抱歉|不好意思|对不起|久等|添麻烦"),
    "greets": re.compile(r"^(?:亲,?)?(?:您好|你好|欢迎|在的|在呢|在哦|hi|哈喽)|不客气|再见|谢谢|感谢"),
    "page": re.compile(r"详情|页面|说明书?|评[价论]|主图"),
    "praise": re.compile(
        r"质量|品质|好评|放心|喜欢|划算|实惠|老店|爆款|热销|回购|回头客|都说|卖得|品牌|正品|口碑|性价比|满意|很[好多不]|特别|非常|超级?|一流|高级|销量|信[赖任]|受欢迎|新款|都[爱在]|流行|主推|颜值|明星|舒服"
    ),
    "steps": re.compile(r"先|再|点[击一]?|按|打开|拧|申请|备注|扫|撕|装[上好]|放|洗|晾|泡|擦|寄回|拍[张照]|充|插"),
    "cause": re.compile(r"因为|由于|所以|导致|正常现象|属于|是因|要等|才"),
    "case": re.compile(r"如果|的话|要是|若|建议|最好|先试"),
    "chooses": re.compile(r"建议|推荐|选|更|适合|拿|那[款个]|第[一二]|合适|比较|多[一了个]|少[一了个]|区别|不同|一样"),
    "place": re.compile(
        r"[省市县区仓站镇]|北京|上海|广[东州西]|浙江|江苏|福建|山东|四川|河[南北]|湖[南北]|云南|新疆|义乌|深圳|杭州|东莞|首页|订单|里面|底部|右|左|上面|国[内外]|进口|本地"
    ),
    "courier": re.compile(r"顺丰|[中圆申]通|韵达|极兔|邮政|ems|京东|德邦|快递|物流"),
    "colour": re.compile(r"[红黑白灰蓝粉绿黄紫棕咖橙]|米[白色]|[色味款]"),
    "stuff": re.compile(r"[棉麻丝绒毛皮木钢铁铝布革胶瓷]|塑料|玻璃|纤维|成分|涤|尼龙|食品级|[ptv][pvu]"),
    "degree": re.compile(r"有点|一点|一些|稍|微|偏|挺|比较|大半|刚好|正好|够"),
}
_HELPS = ("wait", "asks", "sorry", "greets", "yes", "no", "time", "money")
"""What contains one of these helps the buyer along."""

_SMALL = frozenset(
    "的了吗呢么啊呀哦吧这那个款件您你我咱们亲请问一下想要是有不会能可以没什么怎样还就都也和给在到多少几哪谁家发,"
)
_SIZES = (8, 14, 22)


def contents(tight: str, question: str) -> list[str]:
    """What the answer contains, how long it is, and how much of the question it takes up, by name."""
    found = [name for name, pattern in _CONTAINS.items() if pattern.search(tight)]
    shared = len((set(tight) & set(question)) - _SMALL)
    size = sum(len(tight) > limit for limit in _SIZES)
    return ["any", *found, f"size{size}", f"shares{min(shared, 3)}"]


def _may_dodge(tight: str) -> bool:
    """Whether it is worth weighing: agents dodge by praising; what else sounds so in real talk is half an answer."""
    return _CONTAINS["praise"].search(tight) is not None and not any(_CONTAINS[name].search(tight) for name in _HELPS)


@dataclass(frozen=True, slots=True)
class Weights:
    """The table: what each pair of an answer weighs, and what each pair of a question makes of what is contained."""

    start: int
    names: tuple[str, ...]
    pairs: Mapping[str, int]
    asked: Mapping[str, int]
    rows: "array[int]"

    def row(self, pair: str) -> "array[int]":
        """What a pair of the question makes of each thing contained, in the order of their names."""
        at = self.asked[pair] * len(self.names)
        return self.rows[at : at + len(self.names)]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The table, read when it is first asked for."""
    pairs: dict[str, int] = {}
    asked: dict[str, int] = {}
    rows = array("h")
    with TABLE.open(encoding="utf-8") as lines:
        start, names = int(next(lines)), next(lines).split()
        for line in lines:
            side, piece, *parts = line.split()
            if side == "a":
                pairs[piece] = int(parts[0])
            else:
                asked[piece] = len(asked)
                rows.extend(map(int, parts))
    return Weights(start, tuple(names), pairs, asked, rows)


@lru_cache(maxsize=256)
def _wanted(question: str) -> Mapping[str, float]:
    """What each thing an answer may contain weighs after this question."""
    table = weights()
    found = pairs(question)
    rows = [table.row("*"), *(table.row(piece) for piece in found if piece in table.asked)]
    parts = [1.0, *([1 / sqrt(len(found))] * (len(rows) - 1))]
    totals = [0.0] * len(table.names)
    for part, row in zip(parts, rows, strict=True):
        for at, weight in enumerate(row):
            totals[at] += part * weight
    return dict(zip(table.names, totals, strict=True))


def dodging(tight: str, question: str) -> int:
    """How far from answering a message is, in parts of SCALE: about 1000 dodges, about -1000 answers, 0 undecided."""
    table, wanted = weights(), _wanted(question)
    found = pairs(tight)
    said = sum(map(table.pairs.get, found, repeat(0))) / sqrt(len(found))
    return table.start + int(said + TAG_PART * sum(wanted[name] for name in contents(tight, question)))


@dataclass(frozen=True, slots=True)
class Dodges:
    """The dodge rule of a guard, if it has one: its number, and how far from answering a message must be."""

    index: int
    least: int

    def finds(self, case: Case) -> dict[int, Find]:
        """The rule, when none of the open questions is answered; the find is the whole message."""
        tight = case.view.tight
        if self.index < 0 or not SHORTEST <= len(tight) <= LONGEST or not case.open or not _may_dodge(tight):
            return {}
        asked = [view.tight for view in case.open if len(view.tight) <= LONGEST_QUESTION and asks(view.text)]
        if not asked or any(dodging(tight, question) < self.least for question in asked[:MOST]):
            return {}
        return {self.index: Find(0, len(case.view.text), tight)}


NO_DODGES = Dodges(-1, 0)
"""No such rule."""
