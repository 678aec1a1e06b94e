"""The shop's channels: operations see them, owners change them and their secrets."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.desk.channels import (
    MAX_DOMAINS,
    MAX_NAME,
    ChannelState,
    change_channel,
    find_channel,
    list_channels,
    open_channel,
    rotate_secret,
)
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Nothing
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["channels"])

SIMULATOR = "simulator"
"""The channel of replayed conversations, which no shop opens."""

Owner = Annotated[Actor, needs("channel.write")]
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
Domains = Annotated[list[Annotated[str, Field(min_length=1, max_length=300)]], Field(max_length=MAX_DOMAINS)]


class ChannelForm(Body):
    """A new channel; `domains` are the sites whose pages may open the window, none = any."""

    shop: str = Field(min_length=1, max_length=64)
    kind: str = Field(min_length=1, max_length=32)
    name: Name
    domains: Domains


class ChannelPatch(Body):
    """What to change; what is absent stays."""

    name: Name | None = None
    domains: Domains | None = None


class ChannelView(BaseModel):
    """A channel as lists show it."""

    id: str
    shop: str
    kind: str
    name: str
    domains: list[str]


class ChannelList(BaseModel):
    """The channels, by shop and id."""

    items: list[ChannelView]


class NewChannelView(ChannelView):
    """A channel just opened; the secret is shown only now."""

    secret: str


class SecretView(BaseModel):
    """A channel's new secret, shown only now."""

    secret: str


@router.get("/channels")
def read_channels(
    house: HouseDep,
    actor: Annotated[Actor, needs("channel.read")],
    shop: Annotated[str | None, Query(max_length=64)] = None,
) -> ChannelList:
    """The channels of my shops, or of one of them."""
    if shop is not None:
        check_may(actor, "channel.read", shop)
    with house.database.read() as connection:
        found = list_channels(connection, actor.shops if shop is None else (shop,))
    return ChannelList(items=[_view(state) for state in found if state.kind != SIMULATOR])


@router.post("/channels", status_code=201)
def add_shop_channel(house: HouseDep, actor: Owner, body: ChannelForm) -> NewChannelView:
    """Open a channel for one of my shops."""
    check_may(actor, "channel.write", body.shop)
    if body.kind == SIMULATOR or body.kind not in house.channels:
        raise BadInput("没有这种渠道，请从列表里选择")
    action = open_channel(house.sealer, actor.author, body.shop, body.kind, body.name, body.domains)
    state, secret = house.writer.run(action)
    return NewChannelView(**_view(state).model_dump(), secret=secret)


@router.patch("/channels/{channel_id}")
def edit_channel(house: HouseDep, actor: Owner, channel_id: str, body: ChannelPatch) -> ChannelView:
    """Rename a channel, or say on which sites it may stand."""
    _find(house, actor, channel_id)
    return _view(house.writer.run(change_channel(actor.author, channel_id, body.name, body.domains)))


@router.post("/channels/{channel_id}/secret")
def rotate_channel_secret(house: HouseDep, actor: Owner, channel_id: str, body: Nothing) -> SecretView:
    """Give a channel a new secret; identities signed with the old one are no longer believed."""
    _find(house, actor, channel_id)
    return SecretView(secret=house.writer.run(rotate_secret(house.sealer, actor.author, channel_id)))


def _find(house: House, actor: Actor, channel_id: str) -> None:
    with house.database.read() as connection:
        state = find_channel(connection, channel_id)
    check_may(actor, "channel.write", "" if state is None else state.shop)


def _view(state: ChannelState) -> ChannelView:
    return ChannelView(id=state.id, shop=state.shop, kind=state.kind, name=state.name, domains=list(state.domains))
