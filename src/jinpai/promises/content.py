"""The shapes of the promise ledger in content files: how a promise of each kind sounds, and what is none.

Phrases are written as `kit.phrases` reads them: `/` between words that may stand for one another, `…` for a few
characters between, `#` for a number.
"""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, RootModel

from jinpai.packs.model import ContentEntry, Id, Text, Texts

Kind = Literal[
    "courier",
    "dispatch_by",
    "arrival",
    "gift",
    "discount",
    "free_shipping",
    "freight_refund",
    "invoice",
    "change",
    "compensation",
    "refund",
    "call_back",
]
"""指定快递 · 发货时间 · 送达时间 · 赠品 · 优惠改价 · 包邮 · 退运费 · 发票 · 改单换货 · 补偿 · 退款 · 回复买家."""

KINDS: tuple[Kind, ...] = get_args(Kind)


class PromiseWords(ContentEntry):
    """How a promise of one kind is told.

    `said` are an agent's own words. `asked` are a buyer's words which become a promise once an agent agrees. `acts`
    are an agent's words which are a promise of this kind when the buyer had spoken `about` it, in passing or as a
    wish; `plain` are words which are one of this kind where the talk is about no other. `never` are words beside which
    nothing counts. A kind may have several entries, each with its own subject. `unsent` kinds can no longer be promised
    when the goods are on their way; `undated` ones have no time of their own. `remark` begins the order's remark. Of
    the kinds that give the same money back (`money`), a clause promises the one that content lists first.
    """

    kind: Literal["promise"]
    promise: Kind
    title: Text
    remark: Text
    said: Texts = ()
    asked: Texts = ()
    about: Texts = ()
    acts: Texts = ()
    plain: Texts = ()
    never: Texts = ()
    unsent: bool = False
    undated: bool = False
    money: bool = False


class TalkWords(ContentEntry):
    """Words that decide whether a sentence is a promise at all.

    `agreed`: an agent's message begins with it, and takes up what the buyer asked for; `noted`: the same anywhere;
    `commits`: the same where nothing is asked back.
    `unwanted`: the buyer wishes the contrary of what follows.
    `deferred`: not yet, it has to be asked or looked up. `refused`: it cannot be done. `conditional`: "if" and
    thresholds. `usual`: policies, what is normal, guesses. `done`: it has happened already. `asking`: the clause is
    a question; `offered`: a clause that makes what stands before it an offer; `closing`: the same anywhere behind it.
    `firm`: a promise in spite of the condition before it. `choice`: the whole message leaves it to the buyer to choose.
    """

    kind: Literal["talk"]
    agreed: Texts
    noted: Texts
    unwanted: Texts
    deferred: Texts
    refused: Texts
    conditional: Texts
    usual: Texts
    done: Texts
    asking: Texts
    offered: Texts
    closing: Texts = ()
    commits: Texts = ()
    firm: Texts = ()
    choice: Texts = ()


AnyEntry = Annotated[PromiseWords | TalkWords, Field(discriminator="kind")]


class PromiseEntry(RootModel[AnyEntry]):
    """One entry of a file in `promises/`, told apart by `kind`."""

    @property
    def id(self) -> Id:
        """The entry's id."""
        return self.root.id


def unwrap(entry: BaseModel) -> BaseModel:
    """The entry itself."""
    return entry.root if isinstance(entry, PromiseEntry) else entry
