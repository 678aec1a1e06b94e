"""The shapes of scripts and automatic replies in content files."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema, model_validator

from jinpai.packs.model import ContentEntry, Text, Texts
from jinpai.playbook.predicates import When
from jinpai.playbook.scenes import SCENES
from jinpai.playbook.variables import VARIABLES, check_variables

Audience = Literal["pre_sale", "in_sale", "after_sale"]
AUTOMATIC_VARIABLES = {name: VARIABLES[name] for name in ("买家", "客服", "店铺", "等待", "营业时间")}
"""What an automatic reply may use."""


def _known_scene(scene: str) -> str:
    if scene not in SCENES:
        family = scene.partition(".")[0]
        near = [known for known in SCENES if known.startswith(f"{family}.")] or list(SCENES)
        raise ValueError(f"没有场景“{scene}”，可用的有：{'、'.join(near)}")
    return scene


def _known_variables(text: str) -> str:
    problem = check_variables(text)
    if problem:
        raise ValueError(problem)
    return text


Scene = Annotated[str, AfterValidator(_known_scene), WithJsonSchema({"type": "string", "enum": list(SCENES)})]
Wording = Annotated[
    str, StringConstraints(min_length=1, max_length=1_000, strip_whitespace=True), AfterValidator(_known_variables)
]


class Script(ContentEntry):
    """A reusable reply; `rung` 1–6 places it on the bargaining ladder, `code` is what an agent types to find it."""

    scene: Scene
    stage: Text | None = None
    audience: Annotated[tuple[Audience, ...], Field(strict=False, min_length=1)]
    title: Text
    text: Wording
    tone: Literal["warm", "formal", "brief"]
    when: When = When()
    rung: Annotated[int, Field(ge=1, le=6)] | None = None
    tags: Texts = ()
    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,12}$")] | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _rung_belongs_to_ladder(self) -> "Script":
        if (self.rung is None) == (self.scene == "bargaining.ladder"):
            raise ValueError("rung（1–6）只写在 bargaining.ladder 场景的话术里，并且必须写")
        return self


class AutoReply(ContentEntry):
    """A text the shop says by itself: to a first message, or when a buyer has waited `delay_seconds`.

    To a first message exactly one is said: that of the agent's status (`online`, `busy`, `away`), with nobody on duty
    `off` or outside the shop's hours `off_hours`, where there is no such text `first_contact`; `busy` and `away`
    are also said later on. `promotion` is a line added to it; the agent's own line stands in its place.
    It is not said again in the same conversation within `cooldown_seconds`.
    """

    trigger: Literal["first_contact", "online", "busy", "away", "off", "off_hours", "waiting"]
    text: Wording
    promotion: Wording | None = None
    delay_seconds: Annotated[int, Field(ge=0, le=3_600)] = 0
    cooldown_seconds: Annotated[int, Field(ge=60, le=604_800)] = 43_200
    enabled: bool = True

    @model_validator(mode="after")
    def _can_be_said(self) -> "AutoReply":
        there = self.trigger in ("online", "busy", "away")
        known = AUTOMATIC_VARIABLES if there else {k: v for k, v in AUTOMATIC_VARIABLES.items() if k != "客服"}
        problem = check_variables(self.text, known)
        if problem:
            raise ValueError(f"自动回复里{problem}")
        if self.trigger == "waiting" and self.delay_seconds < 10:
            raise ValueError("delay_seconds 至少 10 秒，买家等待满这个时间才会发送")
        return self
