"""Whether a message answers what the buyer just asked: a time, an amount, a name, a yes or no."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import ahocorasick_rs

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

    def leaves_open(self, case: Case, question: str) -> bool:
        """Whether the message leaves this question (in the tight reading) without an answer."""
        tight = case.view.tight
        return len(tight) >= self.at_least and not self._answers(tight, case.view.plain, question)

    def _answers(self, tight: str, plain: str, question: str) -> bool:
        if self.wants == "name":
            return any(name in tight for name in self.names)
        if self.wants == "decision":
            decided = _DECISION.search(tight) or _TIME.search(plain) or _AMOUNT.search(plain)
            return decided is not None or _shares_topic(tight, question)
        found = (_TIME if self.wants == "time" else _AMOUNT).search(plain.replace(" ", ""))
        return found is not None and self._is_about(tight, question)

    def _is_about(self, tight: str, question: str) -> bool:
        """Whether the message speaks of the event the question names; dispatch is not arrival."""
        for event in self.about:
            if any(word in question for word in event):
                others = [word for group in self.about if group is not event for word in group]
                return any(word in tight for word in event) or not any(word in tight for word in others)
        return True


class Answers:
    """All answer rules of a guard by their number; one automaton finds what was asked."""

    def __init__(self, rules: Mapping[int, Answer]) -> None:
        self._rules = rules
        words: dict[str, list[int]] = {}
        for index, rule in rules.items():
            for word in rule.asked:
                words.setdefault(word, []).append(index)
        self._asked = tuple(words.values())
        contiguous = ahocorasick_rs.Implementation.ContiguousNFA
        self._matcher = ahocorasick_rs.AhoCorasick(list(words), implementation=contiguous) if words else None

    def finds(self, case: Case) -> dict[int, Find]:
        """The rules whose question is open and stays open; the find is the whole message."""
        if self._matcher is None:
            return {}
        whole = Find(0, len(case.view.text), case.view.tight)
        found: dict[int, Find] = {}
        for view in case.open:
            marks = self._matcher.find_matches_as_indexes(view.tight, overlapping=True)
            for index in {index for word, _, _ in marks for index in self._asked[word]}:
                if index not in found and self._rules[index].leaves_open(case, view.tight):
                    found[index] = whole
        return found


def _shares_topic(tight: str, question: str) -> bool:
    """Whether message and question share two neighbouring characters that mean something."""
    pairs = {question[at : at + 2] for at in range(len(question) - 1)}
    return any(pair in tight for pair in pairs if not _STOP.intersection(pair))
