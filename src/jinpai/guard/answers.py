"""Whether a message answers what the buyer just asked: a time, an amount, a name, a yes or no."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinpai.guard.excuses import Case, Find

_NUMBER = r"(?:\d+|[零一二两三四五六七八九十百半几]+)"
_TIME = re.compile(
    rf"{_NUMBER}(?:个)?(?:工作日|多?[天日号]|小时|钟头|点|分钟|分|周|礼拜|星期|月|年)"
    r"|[今明后昨前当次隔每][天日]|[今明昨]儿|[今明昨当]晚|明早|[上下中]午|早上|晚上|傍晚|凌晨|[上下本这]周|周[一二三四五六日天末]|星期[一二三四五六日天]"
    r"|月[底初中]|年[底前后]|节[前后]|已经?(?:发|寄|到|退|处理|改|开)|刚刚?(?:发|寄|退)|现在(?:就|已|可以)|随时|\d+[-.:/]\d+"
)
_AMOUNT = re.compile(
    rf"{_NUMBER}(?:[元块毛角折分]|\.\d|块钱|人民币|rmb|%)|¥|￥|\d+(?:\.\d+)?$|免费|包邮|免邮|不(?:收|要|用|需)(?:任何|额外|另外|您)?(?:付|出)?(?:费|钱|运费|邮费)|原价|同价|一样的?价|半价"
)
_DECISION = re.compile(
    r"[不没未无有能会可是行]|确实|的确|支持|暂时|目前|缺|断货|放心|对的|[好正]的[呢哦呀]?[,~]|当然|属于|含|带有|需要|都|只|仅|自带|防|耐|免"
)
_STOP = frozenset("的了吗呢么啊呀哦吧这那个款件您你我咱们亲请问一下想要是有不会能可以没什么怎样还就都也和给在到,")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer rule, ready for use."""

    asked: tuple[str, ...]
    wants: str
    names: tuple[str, ...]
    about: tuple[tuple[str, ...], ...]
    at_least: int

    def finds(self, case: Case) -> Iterator[Find]:
        """The whole message, when the open question is of this kind and the message leaves it open."""
        tight = case.view.tight
        if len(tight) < self.at_least:
            return
        questions = [view.tight for view in case.open if any(word in view.tight for word in self.asked)]
        if questions and not all(self._answers(tight, case.view.plain, question) for question in questions):
            yield Find(0, len(case.view.text), tight)

    def _answers(self, tight: str, plain: str, question: str) -> bool:
        if self.wants == "name":
            return any(name in tight for name in self.names)
        if self.wants == "decision":
            return bool(_DECISION.search(tight)) or _shares_topic(tight, question)
        found = (_TIME if self.wants == "time" else _AMOUNT).search(plain.replace(" ", ""))
        return found is not None and self._is_about(tight, question)

    def _is_about(self, tight: str, question: str) -> bool:
        """Whether the message speaks of the event the question names; dispatch is not arrival."""
        for event in self.about:
            if any(word in question for word in event):
                others = [word for group in self.about if group is not event for word in group]
                return any(word in tight for word in event) or not any(word in tight for word in others)
        return True


def _shares_topic(tight: str, question: str) -> bool:
    """Whether message and question share two neighbouring characters that mean something."""
    pairs = {question[at : at + 2] for at in range(len(question) - 1)}
    return any(pair in tight for pair in pairs if not _STOP.intersection(pair))


WANTS: Mapping[str, str] = {"time": "时间", "amount": "金额", "name": "名称", "decision": "是或不是"}
"""What an answer rule may want, in words for its author."""
