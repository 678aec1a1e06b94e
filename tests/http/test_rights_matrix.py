"""Every route × every party × own and other shop, compared with the one table of rights."""

from collections.abc import Callable
from itertools import product

import pytest
from calls import CALLS, RULES, sent
from fastapi import APIRouter
from front import OTHER, OWN, Front
from httpx2 import Response
from starlette.testclient import TestClient

from jinpai.entrypoints.http.access import Anyone, Buyer, Rule, Staff, needs, public
from jinpai.entrypoints.http.app import create_app
from jinpai.entrypoints.http.throttle import Throttle
from jinpai.staff.rights import BUYER, PARTIES, RIGHTS

NOBODY = "nobody"
WRITES = [route for route, rule in RULES.items() if not route.startswith("GET") and isinstance(rule, Staff)]


def as_party(front: Front, party: str) -> TestClient:
    if party == NOBODY:
        return front.client()
    return front.buyer() if party == BUYER else front.client(party)


def expected(rule: Rule, party: str, shop: str, placed: bool) -> int:
    """The status the table of rights promises; 200 stands for any success."""
    if isinstance(rule, Anyone):
        return 200
    is_known = party == BUYER if isinstance(rule, Buyer) else party not in (BUYER, NOBODY)
    if not is_known:
        return 401
    if party not in RIGHTS[rule.permission]:
        return 403
    return 404 if placed and shop == OTHER else 200


def ask(front: Front, route: str, party: str, shop: str) -> Response:
    url, body = CALLS[route].make(front, shop)
    return as_party(front, party).request(route.split(maxsplit=1)[0], url, **sent(body))


EXPECTED = {
    (route, party, shop): expected(RULES[route], party, shop, call.placed)
    for (route, call), party, shop in product(CALLS.items(), [*PARTIES, NOBODY], [OWN, OTHER])
}
ALLOWED = [cell for cell, status in EXPECTED.items() if status == 200]


def test_every_route_has_a_call_and_every_call_a_route() -> None:
    assert set(RULES) == set(CALLS)


@pytest.mark.parametrize("route", CALLS)
def test_who_has_no_right_or_no_place_is_refused_and_leaves_nothing(standing: Front, route: str) -> None:
    for party, shop in product([*PARTIES, NOBODY], [OWN, OTHER]):
        status = EXPECTED[route, party, shop]
        if status != 200:
            client = as_party(standing, party)
            url, body = CALLS[route].make(standing, shop)
            before = standing.state()
            answer = client.request(route.split(maxsplit=1)[0], url, **sent(body))
            assert answer.status_code == status, (party, shop, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert standing.state() == before


@pytest.mark.parametrize("route", WRITES)
def test_who_has_the_right_may_change_things(open_front: Callable[[], Front], route: str) -> None:
    """One after another in the same shop; what another has done before may stand in the way, then in a new one."""
    front = open_front()
    for cell, party, shop in ALLOWED:
        if cell == route and not ask(front, route, party, shop).is_success:
            front = open_front()
            answer = ask(front, route, party, shop)
            assert answer.is_success, (party, shop, answer.text)


@pytest.mark.parametrize("route", [route for route in CALLS if route not in WRITES])
def test_who_has_the_right_is_served(standing: Front, route: str) -> None:
    for cell, party, shop in ALLOWED:
        if cell == route:
            standing.app.state.throttle = Throttle()
            answer = ask(standing, route, party, shop)
            assert answer.is_success, (party, shop, answer.text)


@pytest.mark.parametrize("route", WRITES)
def test_a_write_needs_the_csrf_header_of_this_very_session(standing: Front, route: str) -> None:
    url, body = CALLS[route].make(standing, OWN)
    other = standing.enter("supervisor")[1].csrf
    client = standing.client("owner")
    before = standing.state()
    for csrf in ("", other):
        client.headers["X-CSRF-Token"] = csrf
        answer = client.request(route.split(maxsplit=1)[0], url, **sent(body))
        assert answer.status_code == 403
    assert standing.state() == before


def test_a_list_shows_nothing_of_another_shop(front: Front) -> None:
    text = front.client("owner").get("/api/v1/staff").text
    assert front.people.accounts["agent", OWN].id in text
    assert front.people.accounts["agent", OTHER].id not in text


def test_an_application_with_an_unguarded_route_does_not_start(front: Front) -> None:
    bare, both = APIRouter(), APIRouter()

    @bare.get("/api/v1/forgotten")
    def forgotten() -> None: ...

    @both.get("/api/v1/twice", dependencies=[needs("staff.read"), public("and anyone")])
    def twice() -> None: ...

    for router in (bare, both):
        with pytest.raises(RuntimeError, match="must carry exactly one"):
            create_app(front.house, routers=[router])


def test_an_unguarded_socket_does_not_start_either(front: Front) -> None:
    router = APIRouter()

    @router.websocket("/ws/forgotten")
    async def forgotten() -> None: ...

    with pytest.raises(RuntimeError, match="WS /ws/forgotten must carry"):
        create_app(front.house, routers=[router])


def test_the_description_tells_what_each_operation_asks(front: Front) -> None:
    document = front.client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    post = document["paths"]["/api/v1/staff"]["post"]
    assert post["security"] == [{"session": [], "csrf": []}]
    assert post["x-permission"] == "staff.write"
    assert post["responses"]["default"]["content"]["application/problem+json"]
    assert document["paths"]["/api/v1/session"]["post"]["security"] == []
    assert "422" not in str(document)
