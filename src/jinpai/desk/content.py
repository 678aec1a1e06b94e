"""The shape of how a shop receives its buyers: who gets whom, how long patience lasts, what is told meanwhile."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jinpai.desk.model import Group
from jinpai.packs.model import ContentEntry, Shape, Text, Texts

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.@:+-]{2,64}$")]


class GroupRules(Shape):
    """Who serves this group (login names; nobody named = everybody), and the words by which its buyers are known."""

    title: Text
    members: Annotated[tuple[Login, ...], Field(strict=False)] = ()
    words: Texts = ()


class ServiceRules(ContentEntry):
    """How buyers are shared out; `capacity` is how many conversations one agent serves at once.

    `capacities` sets it for single agents by login. `grace_seconds`: how long one who is cut off keeps conversations;
    `unattended_minutes`: how long a buyer may face an agent who does nothing; `asked_wait_seconds`: how long after
    `asks_wait` words the `apology` is made ready; `minutes_each`: what one conversation takes, for telling the wait.
    """

    strategy: Literal["least_busy", "round_robin"] = "least_busy"
    returning: bool = True
    capacity: Annotated[int, Field(ge=1, le=200)] = 8
    capacities: dict[Login, Annotated[int, Field(ge=0, le=200)]] = Field(default_factory=dict)
    grace_seconds: Annotated[int, Field(ge=0, le=3_600)] = 60
    unattended_minutes: Annotated[int, Field(ge=1, le=120)] = 5
    asked_wait_seconds: Annotated[int, Field(ge=30, le=1_800)] = 180
    asks_wait: Texts = ()
    apology: Text = "让您久等了。"
    minutes_each: Annotated[int, Field(ge=1, le=60)] = 3
    ask_rating: bool = True
    groups: dict[Group, GroupRules] = Field(default_factory=dict)
