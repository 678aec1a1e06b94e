"""Whether a message answers what the buyer just asked: a time, an amount, a name, a yes or no."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinpai.guard.dodges import CLEARLY_ANSWERED, dodging
from jinpai.guard.excuses import Case, Find
from jinpai.guard.folding import BREAK
from jinpai.guard.patterns import expression_of
from jinpai.guard.questions import KEPT, Questions
from jinpai.guard.screens import screen_of
from jinpai.guard.spots import Spot

_NUMBER = r"(?:\d+|[零一二两三四五六七八九十百半几]+)"
_TIME = re.compile(
    rf"{_NUMBER}(?:个)?(?:多)?(?:工作日|[天日号]|小时|钟头|点|分钟|分|周|礼拜|星期|月|年)"
    r"|[今明后昨前当次隔每][天日]|[今明昨]儿|[今明昨当]晚|明早|[上下中]午|早上|晚上|傍晚|凌晨|[上下本这]周|周[一二三四五六日天末]|星期[一二三四五六日天]"
    r"|月[底初中]|年[底前后]|节[前后]|已经?(?:发|寄|到|退|改|开|签收)|刚刚?(?:发|寄|退|到)|现在(?:就|已|可以)|随时|全天|t[+加]\d|次[日月年]|\d+h|\d+[-.:/]\d+"
)
_AMOUNT = re.compile(
    rf"{_NUMBER}(?:[元块毛角折分]|\.\d|块钱|人民币|rmb|%)|¥|￥|\d+(?:\.\d+)?$|免费|包邮|免邮|不(?:收|要|用|需)(?:任何|额外|另外|您)?(?:付|出)?(?:费|钱|运费|邮费)|原价|同价|一样的?价|半价"
)
_FIGURE = re.compile(
    r"\d|[零一二两三四五六七八九十百半单双]+(?:个|[^\s,的]?[片包袋只双件条米寸斤克升人层年月天档次]|厘米|公斤|小时|分钟|左右|码)|(?<![a-z])[smlx]{1,4}(?![a-z])"
)
_OPENING = re.compile(
    r"^(?:亲+|亲爱的|您好|你好|嗯+|恩|哦|呢|哈|在的|那|这款?|这个|它|咱们?家?的?|我们家?的?|您|放心[哦吧的呢]*|,)*"
    r"(?:可以|能|会|有|没|不|无|是(?:[的啊呀哦呢滴,]|$|可以|能|会|有|不|没|支持)|对|行|支持|需要|肯定|当然|确实|的确|正常|暂|目前|还[没有是会能]|属于|[含带防耐免][^,]|适合|要[^,]|好的|都(?:可以|能|会|有|行|不|没|支持))"
)
_DECISION = re.compile(
    r"不会|会[有放送给附配带]|不能|不可以|可以|能够|没有|没问题|不[是含带用需建支掉起透褪缩粘漏]|支持|适合|建议|推荐|因人而异|看情况|确实|属于|暂时|目前|缺货|断货|有货"
    r"|[有是会能对行][的哦呢]*(?:亲|,|$)|肯定|一定|绝对|完全|需要|(?:^|,|[也都])不[^,]|当然"
)
_PUSH = re.compile(
    r"(?:可以|能)?(?:放心|直接|先)*(?:购买|选购|下单|入手|收藏|拍下|拍就|看看|尝尝|试试)|值得(?:购买|入手|拥有)|[0-9一二三四五六七八九十百]*年?(?:的)?老店|不错|很?不少"
    r"|(?:很|特别|非常|超级?|挺|更|都|最|够)(?:是|会|有)?(?:好看|漂亮|结实|厚实|耐用|百搭|显瘦|暖和|舒服|新鲜|好吃|好用|轻|爱吃|爱用|喜欢|满意|划算|实惠|专业|受欢迎|高级|讲究|安静|静音|省电|大|好)"
    r"|(?:很多|好多|不少)?(?:明星|网红|博主|客人|顾客|买家|老客)[^,]{0,4}(?:同款|推荐|回购|喜欢|好评)|爆款|热销|回头客|人气|好评(?:如潮|很多)?"
)
_LONGEST_QUESTION = 40
"""Longer messages of a buyer tell a story; what they ask is not to be found in one word."""

_ARRIVES = re.compile(r"[到发送寄收退]")
_STOP = frozenset("的了吗呢么啊呀哦吧这那个款件您你我咱们亲请问一下想要是有不会能可以没什么怎样还就都也和给在到,")
_DIGITS = re.compile(r"\d")
_VERBS = frozenset("送赠含掉起褪缩防漏扎带")
_EITHER = re.compile(r"([^,\d会能是要可好行在])不\1")
_BOTH = re.compile(
    r"(?:[两二三四几]|每|哪)(?:个|款|种|件|双|样)?(?:颜色|码|款式|尺码|色号|味道|口味|规格|套餐|型号)?都[^,]{0,4}(?:好|行|可以|不错|合适|适合|喜欢|棒|成|显|一样)"
)
_ASKED = re.compile(
    r"(?:会不会|能不能|可不可以|是不是|有没有|可以|不会|能|会|是|有)(?P<of>[^,]{1,12}?)(?:的)?(?:吗|不|么|嘛|没|啊|呀|吧|,|$)"
    r"|(?P<part>[送带含包配防][^,]{1,8}?)(?:的)?(?:吗|不|么|没)(?:[啊呀哦呢]|,|$)"
    r"|(?P<last>[^,]{1,3})(?:的)?(?:吗|不|么|嘛|没)(?:[啊呀哦]|,|$)"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer rule, ready for use."""

    asked_like: tuple[str, ...]
    not_asked: tuple[str, ...]
    wants: str
    names: Spot | None
    named: tuple[tuple[tuple[str, ...], Spot | None], ...]
    about: tuple[tuple[str, ...], ...]
    at_least: int
    at_most: int

    def is_left_alone(self, question: str) -> bool:
        """Whether the question is of a sort this rule does not judge the answer to."""
        return any(word in question for word in self.not_asked)

    def leaves_open(self, case: Case, question: str) -> bool:
        """Whether the message leaves this question (in the tight reading) without an answer."""
        tight = case.view.tight
        if not self.at_least <= len(tight) <= self.at_most:
            return False
        if self.names_it(tight, question) or _ANSWERS[self.wants](self, case, question):
            return False
        return dodging(tight, question) > CLEARLY_ANSWERED

    def names_it(self, tight: str, question: str) -> bool:
        """Whether the message has a word that answers by itself, of those that answer such a question."""
        if self.names is not None and self.names(tight):
            return True
        return any(
            names is not None and names(tight) for asked, names in self.named if any(word in question for word in asked)
        )

    def is_about(self, tight: str, question: str) -> bool:
        """Whether the message speaks of the event the question names; dispatch is not arrival."""
        asked = [event for event in self.about if any(word in question for word in event)]
        if not asked or any(word in tight for event in asked for word in event):
            return True
        return not any(word in tight for event in self.about for word in event)


def _timed(answer: Answer, case: Case, question: str) -> bool:
    plain = case.view.plain.replace(" ", "")
    return _TIME.search(plain) is not None and answer.is_about(case.view.tight, question)


def _priced(answer: Answer, case: Case, question: str) -> bool:
    plain = case.view.plain.replace(" ", "")
    return _AMOUNT.search(plain) is not None and answer.is_about(case.view.tight, question)


def _counted(answer: Answer, case: Case, question: str) -> bool:
    """Whether the message has a figure the buyer did not bring along."""
    return any(found[0] not in question for found in _FIGURE.finditer(case.view.tight))


def _named(answer: Answer, case: Case, question: str) -> bool:
    return False


def _chosen(answer: Answer, case: Case, question: str) -> bool:
    """Whether the message takes up something the buyer named, or a figure; all of them alike is no choice."""
    tight = case.view.tight
    if _BOTH.search(tight):
        return False
    return _counted(answer, case, question) or _shares(tight, _DIGITS.sub("", question))


def _decided(answer: Answer, case: Case, question: str) -> bool:
    """Whether the message says yes or no, names a figure where one may decide, or takes up what was asked."""
    asked = _property(question)
    tight = _PUSH.sub(lambda found: found[0] if _shares(found[0], asked) else "", case.view.tight)
    if _OPENING.match(tight) or _DECISION.search(tight):
        return True
    if _ARRIVES.search(question) and _TIME.search(tight):
        return True
    return (asked[:1] not in _VERBS and _FIGURE.search(tight) is not None) or _takes_up(tight, asked)


def _property(question: str) -> str:
    """What a yes-or-no question is about, without the small words."""
    either, found = _EITHER.search(question), _ASKED.search(question)
    if either:
        words = either[1] + question[either.end() : either.end() + 6].partition(BREAK)[0]
    else:
        words = (found["of"] or found["part"] or found["last"]) if found else question
    return "".join(char for char in words if char not in _STOP)


def _takes_up(tight: str, asked: str) -> bool:
    """Whether the message takes up what was asked; with giving or shedding, the very verb."""
    return asked[0] in tight if asked and asked[0] in _VERBS else _shares(tight, asked)


def _shares(tight: str, words: str) -> bool:
    """Whether a character that means something stands in both."""
    return any(char in tight for char in set(words) - _STOP)


_ANSWERS: Mapping[str, Callable[[Answer, Case, str], bool]] = {
    "time": _timed,
    "amount": _priced,
    "number": _counted,
    "name": _named,
    "choice": _chosen,
    "decision": _decided,
}
"""Each thing an answer rule may want, and whether a message gives it."""


class Answers:
    """All answer rules of a guard by their number; `questions` knows the words each listens for."""

    def __init__(self, rules: Mapping[int, Answer], questions: Questions) -> None:
        self._rules = rules
        self._questions = questions
        self._forms = [(form, index) for index, rule in rules.items() for form in rule.asked_like]
        self._screen = screen_of(tuple(form for form, _ in self._forms))
        self._decisions = [index for index, rule in rules.items() if rule.wants == "decision"]
        self.asked_in = lru_cache(KEPT)(self._asked_in)

    def _asked_in(self, question: str) -> frozenset[int]:
        """The rules that listen for such a question (in the tight reading); what wants a yes also hears 含不含."""
        if not self._rules or len(question) > _LONGEST_QUESTION:
            return frozenset()
        asked = set(self._questions.heard(question).asked)
        encoded = question.encode("utf-8", "replace")
        for form, index in map(self._forms.__getitem__, self._screen(encoded)):
            if index not in asked and expression_of(form)[0].search(encoded) is not None:
                asked.add(index)
        if "不" in question and _EITHER.search(question):
            asked.update(self._decisions)
        return frozenset(index for index in asked if not self._rules[index].is_left_alone(question))

    def finds(self, case: Case) -> dict[int, Find]:
        """The rules whose question is open and stays open; the find is the whole message."""
        found: dict[int, Find] = {}
        for view in case.open:
            for index in self.asked_in(view.tight):
                if index not in found and self._rules[index].leaves_open(case, view.tight):
                    found[index] = Find(0, len(case.view.text), case.view.tight)
        return found
