"""The shop's scripts, for the desk's quick replies."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.flows.content import known_facts, offered_scripts
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["scripts"])


class ScriptView(BaseModel):
    """A script; `text` may hold variables in braces."""

    id: str
    code: str | None
    title: str
    text: str
    scene: str
    tone: str


class ScriptList(BaseModel):
    """The scripts published for the shop, in the order of their files."""

    items: list[ScriptView]


@router.get("/scripts")
def read_scripts(
    house: HouseDep, actor: Annotated[Actor, needs("script.read")], shop: Annotated[str, Query(max_length=64)]
) -> ScriptList:
    """The scripts of one of my shops, those whose claims its data is known to bear out."""
    check_may(actor, "script.read", shop)
    content = house.content.shop(shop)
    scripts = offered_scripts(content, known_facts(content))
    return ScriptList(items=[ScriptView.model_validate(script, from_attributes=True) for script in scripts])
