"""The shape of hand-overs in content files: what is handed to which department, and how long that may take."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from jinpai.packs.model import ContentEntry

Department = Literal["warehouse", "logistics", "finance", "aftersale", "operations", "design"]
"""仓库 · 物流 · 财务 · 售后 · 运营 · 美工."""

Unit = Literal["hours", "days", "workdays"]
Title = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
Hint = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Told = Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]

RESULT = "{结果}"
"""Where the department's words stand in what the buyer is told."""


class TaskKind(ContentEntry):
    """Something customer service hands over: to whom, and by when it has to be done.

    `within` counts hours, calendar days or workdays (`unit`). `about` an order: it cannot be handed over without one.
    `form` invoice asks for what an invoice needs. `told` is the draft for the buyer once it is done.
    """

    title: Title
    department: Department
    within: Annotated[int, Field(ge=1, le=90)]
    unit: Unit = "workdays"
    about: Literal["anything", "order"] = "anything"
    form: Literal["plain", "invoice"] = "plain"
    hint: Hint
    told: Told

    @model_validator(mode="after")
    def _tells_the_result(self) -> "TaskKind":
        if self.told.count(RESULT) != 1:
            raise ValueError(f"told 里要写一次 {RESULT}，办好的结果会填在那里")
        if self.form == "invoice" and self.about != "order":
            raise ValueError("开票要按订单的金额开，form 是 invoice 的 about 只能写 order")
        return self
