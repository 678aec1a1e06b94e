"""What another process on this machine published, where no bus tells of it: found by looking."""

from jinpai.flows.ports import House
from jinpai.packs.store import current_versions


def refresh_published(house: House) -> None:
    """Read the content of every loaded shop anew whose published version is not the one in force here."""
    with house.database.read() as connection:
        versions = current_versions(connection)
    for shop in house.content.shops():
        if house.content.shop(shop).version != versions.get(shop, 0):
            house.content.refresh(shop)
