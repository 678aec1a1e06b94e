"""The shape of the guard's content: word lists, and rules of eleven kinds.

    words    these words, however they are disguised       pattern  an expression (RE2) for what words cannot say
    digits   a number: phone, card, or a labelled run      links    web and mail addresses outside the shop
    reply    the whole message, seen beside what was asked answer   an open question the message does not answer
    claim    words the shop's facts must bear out          count    words piled up in one message
    talk     what only the whole conversation shows   tone     how the whole message sounds
    sound    words that sound right and are written wrong

Every rule proves itself: each line of `must_block` is hit by this rule, none of `must_pass` is.
"""

import re
from datetime import date
from typing import Annotated, Literal, Self

import re2
from pydantic import AfterValidator, BaseModel, Field, RootModel, model_validator

from jinpai.guard.context import Given
from jinpai.guard.families import HEARD, Family
from jinpai.guard.lines import Proofs
from jinpai.guard.model import Severity
from jinpai.guard.unless import Unless
from jinpai.packs.model import ContentEntry, Id, Shape, Text, Texts

Trap = Literal["buyer_privacy", "invoice", "compensation", "quality_inspection", "off_platform"]

ClaimedFact = Literal[
    "in_stock", "pieces_left", "sold_out", "price", "promotion", "promotion_ends", "dispatch_today", "courier",
    "promotion_terms", "always_open", "dispatched", "not_dispatched", "dispatch_until",
    "free_shipping", "best_seller", "new_product", "stuff", "guarantee", "payment_way", "payment_way_refused",
    "price_floor", "reduction", "discount", "gift", "free_freight", "compensation",
]  # fmt: skip
"""What a claim is compared with; docs/guard.md says how each is judged."""

TalkShape = Literal[
    "first_answer", "gap", "asked_to_wait", "urged", "last_word", "monologue", "same_text", "asked_again", "offered"
]

When = Literal["always", "alone", "first_answer", "question_open", "again"]

Word = Annotated[str, Field(pattern=r"^[\u4e00-\u9fff]{2,4}$")]
"""A word of two to four Chinese characters."""

LEXICON_REFERENCE = re.compile(r"\{([^\d{},][^{}]*)\}")
"""A word list's id in braces, as in `加…{chat.wechat}`; regular expressions keep their `{2,5}`."""


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
    """What every kind of rule says beside what it looks for.

    With `trap` it looks at the buyer's messages and names the bait. With `given` it counts only while that is known to
    hold, with `buyer_asks` only after the buyer said one of these words and got no answer yet.
    """

    family: Family
    severity: Severity
    why: Text
    rewrite: str = ""
    points: Annotated[int, Field(ge=0, le=48)] = 0
    script: Id | None = None
    trap: Trap | None = None
    given: Given | None = None
    buyer_asks: Texts = ()
    unless: Unless = Unless()
    must_block: Proofs
    must_pass: Proofs


class WordsRule(Rule):
    """Finds any of these phrases; `…` stands for up to eight characters of the same clause."""

    kind: Literal["words"]
    find: Annotated[Texts, Field(min_length=1)]


def _expression(text: str) -> str:
    """The text, when it is an expression in RE2 syntax."""
    try:
        re2.compile(LEXICON_REFERENCE.sub("x", text))
    except re2.error as error:
        raise ValueError(f"表达式“{text}”写法不对（{error}），请检查括号和转义") from None
    return text


Expressions = Annotated[tuple[Annotated[Text, AfterValidator(_expression)], ...], Field(strict=False)]
"""Expressions in RE2 syntax; `{…}` stands for a word list."""


class SoundRule(Rule):
    """Finds what sounds like one of these words of two to four characters and is not written so.

    `fine` are other words of the same sound, and characters that often stand side by side.
    """

    kind: Literal["sound"]
    find: Annotated[tuple[Word, ...], Field(strict=False, min_length=1)]
    fine: Texts = ()


class PatternRule(Rule):
    """Finds expressions in RE2 syntax, in messages that contain at least one of the words in `needs`.

    `tight` text has neither spaces nor signs, only letters, digits and `,` between clauses; `plain` keeps them.
    """

    kind: Literal["pattern"]
    find: Annotated[Expressions, Field(min_length=1)]
    needs: Annotated[Texts, Field(min_length=1)]
    over: Literal["tight", "plain"] = "tight"


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


class Named(Shape):
    """Words that answer a question with one of `asked`, and no other."""

    asked: Annotated[Texts, Field(min_length=1)]
    names: Annotated[Texts, Field(min_length=1)]


class AnswerRule(Rule):
    """Looks for an answer to what the buyer just asked with one of `asked`: a time, an amount, a number, a name, a
    choice among what the buyer named, a yes or no about what was asked.

    `asked_like` are forms a question takes beside those words, `not_asked` words of questions left alone, `names` words
    that answer by themselves, `named` those that do so only when the question has certain words. `about` narrows a time
    to its event: a question with one of the words wants an answer with one of the same group. Messages longer than
    `at_most` are taken to answer.
    """

    kind: Literal["answer"]
    asked: Annotated[Texts, Field(min_length=1)]
    asked_like: Expressions = ()
    not_asked: Texts = ()
    wants: Literal["time", "amount", "number", "name", "choice", "decision"]
    names: Texts = ()
    named: Annotated[tuple[Named, ...], Field(strict=False)] = ()
    about: Annotated[tuple[Texts, ...], Field(strict=False)] = ()
    at_least: Annotated[int, Field(ge=1, le=50)] = 4
    at_most: Annotated[int, Field(ge=1, le=500)] = 500

    @model_validator(mode="after")
    def _names_are_listed(self) -> Self:
        if self.wants == "name" and not self.names:
            raise ValueError("wants 为 name 时，要在 names 里写上算作回答的名字")
        return self


class ClaimRule(Rule):
    """Finds words that claim something: `severity` when the shop's facts say otherwise, `silent` when nothing."""

    kind: Literal["claim"]
    fact: ClaimedFact
    find: Annotated[Texts, Field(min_length=1)]
    silent: Severity | None = None


class CountRule(Rule):
    """Finds a message that has more than `more_than` of these words."""

    kind: Literal["count"]
    find: Annotated[Texts, Field(min_length=1)]
    more_than: Annotated[int, Field(ge=1, le=50)]


class TalkRule(Rule):
    """Looks at the whole conversation; every shape is described in talks.py, and uses the numbers it needs.

    A line of its proofs is the last message, those in `before` come before it; a remark on any of them counts. Of
    `unless` only `message` counts here: words that make a message innocent.
    """

    kind: Literal["talk"]
    shape: TalkShape
    find: Texts = ()
    find_like: Expressions = ()
    told: Texts = ()
    told_like: Expressions = ()
    answered: bool = False
    seconds: Annotated[int, Field(ge=1, le=86_400)] = 60
    times: Annotated[int, Field(ge=1, le=100)] = 2
    characters: Annotated[int, Field(ge=1, le=500)] = 12


class ToneRule(Rule):
    """Hears a message that no words gave away and that sounds of this family, as learned from judged messages.

    One of `evasive` hears it beside the open question: whether it goes past it. `at_least` is how unkind (or how far
    past) it must sound, from 0 undecided to 1000 like those learned from.
    """

    kind: Literal["tone"]
    at_least: Annotated[int, Field(ge=50, le=1000)] = 250

    @model_validator(mode="after")
    def _family_is_a_manner(self) -> Self:
        if self.family not in HEARD:
            raise ValueError(f"tone 只听得出说话的态度，family 请写其中一个：{'、'.join(sorted(HEARD))}")
        return self


AnyRule = (
    WordsRule | PatternRule | DigitsRule | LinksRule | ReplyRule
    | AnswerRule | ClaimRule | CountRule | TalkRule | ToneRule | SoundRule
)  # fmt: skip
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
