"""The shape of bargaining in content files: what buyers of each attitude say, and words that mean the same."""

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field, RootModel

from jinpai.packs.model import ContentEntry, Id, Text, Texts

Attitude = Literal["none", "testing", "insists", "threatens", "pesters", "accepts"]
"""不讲价 · 试探 · 坚持 · 说要走 · 反复纠缠 · 接受."""

ATTITUDES: tuple[Attitude, ...] = get_args(Attitude)

LEAST_EXAMPLES = 12


class AttitudeExamples(ContentEntry):
    """What buyers of this attitude really type; what is learned from them hears it in other words too."""

    kind: Literal["attitude"]
    attitude: Attitude
    title: Text
    definition: Text
    examples: Annotated[tuple[Text, ...], Field(strict=False, min_length=LEAST_EXAMPLES)]


class LikeWords(ContentEntry):
    """Words that mean the same in talks about the price; where several fit, the longest counts."""

    kind: Literal["words"]
    title: Text
    words: Texts


AnyEntry = Annotated[AttitudeExamples | LikeWords, Field(discriminator="kind")]


class BargainingEntry(RootModel[AnyEntry]):
    """One entry of a file in `bargaining/`, told apart by `kind`."""

    model_config = ConfigDict(frozen=True)

    @property
    def id(self) -> Id:
        """The entry's id."""
        return self.root.id
