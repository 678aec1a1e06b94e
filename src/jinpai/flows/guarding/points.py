"""A shop's points account for one year: what the platform took, what sent words put at risk, and who stands where."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.quality.penalties import Penalty, Remarks, Share, Standing, shares, standings, year_bounds
from jinpai.quality.penalty_store import list_penalties, sum_remarks
from jinpai.staff.store import list_accounts, name_authors


@dataclass(frozen=True, slots=True)
class PointsAccount:
    """The year of a shop; `names` are those of the agents in it and of who recorded or withdrew, by account."""

    year: int
    standings: Sequence[Standing]
    shares: Sequence[Share]
    penalties: Sequence[Penalty]
    remarks: Sequence[Remarks]
    names: dict[str, str]


def read_points(house: House, shop: str, year: int, only: str = "") -> PointsAccount:
    """The account of this year; with `only` of the agents nothing but that one's part and penalties are told."""
    since, until = year_bounds(year)
    rules = house.content.shop(shop).penalties
    with house.database.read() as connection:
        penalties = list_penalties(connection, shop, since, until)
        remarks = sum_remarks(connection, shop, since, until)
        told = [one for one in penalties if one.agent == only] if only else penalties
        parts = [one for one in shares(penalties, remarks) if not only or one.agent == only]
        names = _names(connection, told, parts)
    own = [one for one in remarks if not only or one.agent == only]
    return PointsAccount(year, standings(rules, penalties, remarks), parts, told, own, names)


def check_agent(connection: Connection, shop: str, agent: str) -> None:
    """BadInput unless this account serves the shop; nobody is somebody."""
    if agent and all(one.id != agent for one in list_accounts(connection, (shop,))):
        raise BadInput("这位客服不在这家店，请刷新页面再选")


def _names(connection: Connection, penalties: Sequence[Penalty], parts: Sequence[Share]) -> dict[str, str]:
    authors = {author for one in penalties for author in (one.recorded_by, one.withdrawn_by or "")}
    authors |= {f"agent:{id_}" for one in penalties if (id_ := one.agent)} | {f"agent:{one.agent}" for one in parts}
    named = name_authors(connection, authors)
    return {author.removeprefix("agent:"): name for author, name in named.items()}
