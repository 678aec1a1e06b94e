"""What may stand behind the `?` of an address: a parameter nobody knows is named, not passed over in silence."""

from fastapi import Request, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from jinpai.kit.errors import BadInput

LONGEST = 40
"""Characters of an unknown name that are said again."""


async def check_query(request: Request) -> None:
    """BadInput that names the parameters this route does not know, and those it does."""
    if not request.query_params:
        return
    known = known_parameters(request.scope["route"])
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        names = "、".join(f"“{name[:LONGEST]}”" for name in unknown[:3])
        hint = f"可以用的有：{'、'.join(known)}" if known else "这个地址不带参数"
        raise BadInput(f"网址里的参数{names}不认识，请核对写法；{hint}")


def known_parameters(route: APIRoute) -> tuple[str, ...]:
    """The names of all query parameters of a route, those of its dependencies among them."""
    fields = get_flat_params(route.dependant)
    elsewhere = (params.Path, params.Header, params.Cookie)
    return tuple(dict.fromkeys(field.alias for field in fields if not isinstance(field.field_info, elsewhere)))
