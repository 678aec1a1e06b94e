"""The shape of bargaining in content files: how a buyer of each attitude talks about the price.

Phrases are written as `kit.phrases` reads them: `/` between words that may stand for one another, `…` for a few
characters between, `#` for a number.
"""

from typing import Literal, get_args

from jinpai.packs.model import ContentEntry, Text, Texts

Attitude = Literal["none", "testing", "insists", "threatens", "pesters", "accepts"]
"""不讲价 · 试探 · 坚持 · 说要走 · 反复纠缠 · 接受."""

ATTITUDES: tuple[Attitude, ...] = get_args(Attitude)


class AttitudeWords(ContentEntry):
    """How this attitude sounds; of several entries the first in the file counts.

    `never` are words beside which the entry does not count; `needs` are words without which it does not.
    """

    attitude: Attitude
    title: Text
    said: Texts
    needs: Texts = ()
    never: Texts = ()
