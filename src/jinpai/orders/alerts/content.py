"""The shape of the radar in content files: what counts as trouble with a parcel, and what is done about it."""

from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints

from jinpai.packs.model import ContentEntry, Id

Kind = Literal["late", "untraced", "silent", "stuck", "refused", "returned", "lost"]
"""付款后没发 · 发出后查不到 · 没有物流更新 · 疑难 · 拒收 · 退回 · 丢失."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Title = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class AlertRule(ContentEntry):
    """When an order or its parcel needs somebody, and what happens then.

    `after` hours or days (`unit`) have to pass: since the order was paid (`late`), since it left while nothing was ever
    told of it, though of others (`untraced`), since anything was last told of the parcel (`silent`), else since the
    parcel came to that state. `skips` says which days do not count: those on which the shop sends nothing, public
    holidays, or none. What was paid more than `within` days ago is left alone. `task` is the hand-over that is
    opened with these `words`, `script` the draft for the buyer; without it nothing is drafted.
    """

    alert: Kind
    title: Title
    severity: Literal["urgent", "soon", "watch"]
    after: Annotated[int, Field(ge=0, le=720)] = 0
    unit: Literal["hours", "days"] = "hours"
    skips: Literal["rests", "holidays", "none"] = "none"
    within: Annotated[int, Field(ge=1, le=180)] = 30
    task: Id
    words: Words
    script: Id | None = None
    enabled: bool = True
