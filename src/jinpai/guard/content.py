"""The shape of the guard's content: word lists, and rules of five kinds.

    words    these words, however they are disguised       pattern  an expression (RE2) for what words cannot say
    digits   a number: phone, card, or a labelled run      links    web and mail addresses outside the shop
    reply    the whole message, seen beside what was asked

Every rule proves itself: each line of `must_block` is hit by this rule, none of `must_pass` is.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

import re2
from pydantic import BaseModel, Field, RootModel, field_validator, model_validator

from jinpai.guard.model import Severity
from jinpai.packs.model import ContentEntry, Shape, Text, Texts

FAMILIES: Mapping[str, str] = {
    "negative": "生硬否定",
    "absolute": "绝对化用语",
    "cold": "冷淡敷衍",
    "self_centred": "自说自话",
    "evasive": "答非所问",
    "vague": "含糊其辞",
    "harsh": "生硬伤人",
    "blame": "推卸责任",
    "arguing": "争辩",
    "interrogating": "质问",
    "commanding": "命令",
    "boasting": "炫耀",
    "fault_finding": "直白挑错",
    "criticising": "批评",
    "jargon": "专业术语",
    "typo": "错别字",
    "humour": "不合时宜的玩笑",
    "over_talking": "多言",
    "disparaging": "贬低同行",
    "leak": "泄露联系方式",
    "off_platform": "脱离平台",
    "invoice": "发票违规",
    "free_shipping": "包邮违规",
    "payment_way": "付款方式违规",
    "buyer_privacy": "泄露买家信息",
    "closing": "违规关闭订单",
    "authority": "超出权限",
    "bribery": "好评返现",
    "false_claim": "不实宣传",
    "abuse": "辱骂与违禁内容",
    "timing": "让买家久等",
    "monologue": "自顾自刷屏",
    "repeat_question": "重复提问",
    "stage_missed": "缺少服务环节",
    "promise_unremarked": "承诺未备注",
    "trap": "买家的陷阱",
}
"""The families of rules and what people call them; the ids never change."""

Family = Literal[
    "negative", "absolute", "cold", "self_centred", "evasive", "vague", "harsh", "blame", "arguing",
    "interrogating", "commanding", "boasting", "fault_finding", "criticising", "jargon", "typo", "humour",
    "over_talking", "disparaging", "leak", "off_platform", "invoice", "free_shipping", "payment_way",
    "buyer_privacy", "closing", "authority", "bribery", "false_claim", "abuse", "timing", "monologue",
    "repeat_question", "stage_missed", "promise_unremarked", "trap",
]  # fmt: skip

Facts = Literal["numbers", "domains", "names"]
"""What the shop's facts may excuse: its numbers, its domains, the names it uses."""

When = Literal["always", "first_answer", "question_open", "again"]

LEXICON_REFERENCE = re.compile(r"\{([^\d{},][^{}]*)\}")
"""A word list's id in braces, as in `加…{chat.wechat}`; regular expressions keep their `{2,5}`."""


class Turn(Shape):
    """An earlier message of a proof line: either the buyer's or the agent's."""

    buyer: Text | None = None
    agent: Text | None = None

    @model_validator(mode="after")
    def _one_speaker(self) -> Self:
        if (self.buyer is None) == (self.agent is None):
            raise ValueError("每一句只写 buyer 或 agent 中的一个")
        return self


class Line(Shape):
    """A proof line that needs its circumstances: what was said before it and the shop's facts."""

    text: Annotated[str, Field(min_length=1, max_length=5_000)]
    before: Annotated[tuple[Turn, ...], Field(strict=False)] = ()
    facts: Mapping[Facts, Texts] = {}


Proofs = Annotated[tuple[Text | Line, ...], Field(strict=False, min_length=2)]


class Unless(Shape):
    """What makes a find innocent; words in `before` and `after` stand close by in the same clause."""

    message: Texts = ()
    before: Texts = ()
    after: Texts = ()
    inside: Texts = ()
    smile: bool = False
    buyer_said: bool = False
    facts: Annotated[tuple[Facts, ...], Field(strict=False)] = ()


class Entry(ContentEntry):
    """What rules and word lists have in common; in force from `since` to `until`, both days included."""

    owner: Text
    source: Text
    since: Annotated[date, Field(strict=False)] | None = None
    until: Annotated[date, Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since（生效日）不能晚于 until（截止日）")
        return self


class Lexicon(Entry):
    """A word list that rules refer to as `{id}`: one meaning in all its spellings."""

    kind: Literal["lexicon"]
    terms: Annotated[Texts, Field(min_length=1)]


class Rule(Entry):
    """What every kind of rule says beside what it looks for."""

    family: Family
    severity: Severity
    why: Text
    rewrite: str = ""
    points: Annotated[int, Field(ge=0, le=48)] = 0
    unless: Unless = Unless()
    must_block: Proofs
    must_pass: Proofs


class WordsRule(Rule):
    """Finds any of these phrases; `…` stands for up to eight characters of the same clause."""

    kind: Literal["words"]
    find: Annotated[Texts, Field(min_length=1)]


class PatternRule(Rule):
    """Finds expressions in RE2 syntax, in messages that contain at least one of the words in `needs`.

    `tight` text has neither spaces nor signs, only letters, digits and `,` between clauses; `plain` keeps them.
    """

    kind: Literal["pattern"]
    find: Annotated[Texts, Field(min_length=1)]
    needs: Annotated[Texts, Field(min_length=1)]
    over: Literal["tight", "plain"] = "tight"

    @field_validator("find")
    @classmethod
    def _is_re2(cls, find: tuple[str, ...]) -> tuple[str, ...]:
        for expression in find:
            try:
                re2.compile(LEXICON_REFERENCE.sub("x", expression))
            except re2.error as error:
                raise ValueError(f"表达式“{expression}”写法不对（{error}），请检查括号和转义") from None
        return find


class DigitsRule(Rule):
    """Finds numbers in any disguise; `run` is any number of this length beside one of the words in `near`.

    For the other shapes `near` lets even an unusual grouping count. `split` also joins what the agent sent before.
    """

    kind: Literal["digits"]
    shape: Literal["mobile", "landline", "card", "run"]
    length: Annotated[tuple[int, int], Field(strict=False)] = (5, 11)
    near: Texts = ()
    only_near: bool = False
    allow: Texts = ()
    split: bool = False

    @model_validator(mode="after")
    def _run_is_labelled(self) -> Self:
        if (self.shape == "run" or self.only_near) and not self.near:
            raise ValueError("shape 为 run 或 only_near 为 true 时，要在 near 里写上旁边的提示词")
        return self


class LinksRule(Rule):
    """Finds web or mail addresses whose domain neither `allow` nor the shop's facts name."""

    kind: Literal["links"]
    shape: Literal["web", "email"]
    allow: Texts = ()


class ReplyRule(Rule):
    """Looks at the whole message: it is one of `find`, has no words at all, or is short for such a question."""

    kind: Literal["reply"]
    shape: Literal["whole", "wordless", "short"]
    find: Texts = ()
    when: Annotated[tuple[When, ...], Field(strict=False, min_length=1)] = ("always",)
    at_most: Annotated[int, Field(ge=1, le=50)] = 3
    asked: Annotated[int, Field(ge=1, le=500)] = 25

    @model_validator(mode="after")
    def _whole_has_words(self) -> Self:
        if self.shape == "whole" and not self.find:
            raise ValueError("shape 为 whole 时，要在 find 里写上整句话")
        return self


AnyRule = WordsRule | PatternRule | DigitsRule | LinksRule | ReplyRule
AnyEntry = Annotated[Lexicon | AnyRule, Field(discriminator="kind")]


class GuardEntry(RootModel[AnyEntry]):
    """One entry of a file in `guard/`: a word list or a rule, told apart by `kind`."""

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.root.id


def unwrap(entry: BaseModel) -> Lexicon | AnyRule:
    """The rule or word list itself."""
    inner = entry.root if isinstance(entry, GuardEntry) else entry
    if not isinstance(inner, Lexicon | AnyRule):
        raise TypeError(f"not a guard entry: {type(inner).__name__}")
    return inner
