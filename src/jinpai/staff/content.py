"""The shape of the people a shop starts with; passwords are never content, `jinpai init` makes and announces them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from jinpai.packs.model import ContentEntry, Id

Login = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.@:+-]{2,64}$")]


class StaffEntry(ContentEntry):
    """An account to open when the shop is set up."""

    login: Login
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    role: Literal["agent", "supervisor", "trainer", "operations", "owner"]
    shops: Annotated[tuple[Id, ...], Field(strict=False, min_length=1)]
