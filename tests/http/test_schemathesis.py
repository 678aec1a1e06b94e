"""Generated requests from the API's own description, as every role: whatever comes, never a fault of ours."""

import pytest
import requests
import schemathesis
from front import OWN, Front
from hypothesis import HealthCheck, given, settings
from schemathesis.generation.case import Case
from starlette.testclient import TestClient

from jinpai.entrypoints.http.describe import describe
from jinpai.entrypoints.http.throttle import Throttle
from jinpai.staff.rights import BUYER, PARTIES

QUIET = settings(
    max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
pytestmark = pytest.mark.filterwarnings("ignore")


def identity(front: Front, party: str) -> dict[str, str]:
    """The headers of this party, with a session that is alive."""
    if party == BUYER:
        return {"Authorization": f"Bearer {front.people.chats[OWN].token}"}
    secret, actor = front.enter(party)
    return {"Cookie": f"jinpai={secret}", "X-CSRF-Token": actor.csrf}


def lead_home(front: Front, case: Case) -> None:
    """Point the generated request at things that exist, so that it gets past "not found"."""
    people = front.people
    known = {
        "conversation_id": people.chats[OWN].visitor.conversation,
        "account_id": people.accounts["trainer", OWN].id,
        "version_id": people.versions[OWN],
        "shop": OWN,
    }
    for parameters in (case.path_parameters, case.query):
        for name in known.keys() & (parameters or {}).keys():
            parameters[name] = known[name]


def send(client: TestClient, case: Case, headers: dict[str, str]) -> int:
    """The status of the answer to this generated request."""
    prepared = requests.Request(**case.as_transport_kwargs(base_url="http://jinpai.test", headers=headers)).prepare()
    answer = client.request(
        str(prepared.method), str(prepared.url), content=prepared.body, headers=dict(prepared.headers)
    )
    return answer.status_code


@pytest.mark.parametrize("party", PARTIES)
def test_no_generated_request_makes_the_server_fail(front: Front, party: str) -> None:
    schema = schemathesis.openapi.from_dict(describe(front.app))
    client = front.client()
    statuses: dict[int, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @QUIET
        @given(case=operation.as_strategy())
        def fuzz(case: Case) -> None:
            front.app.state.throttle = Throttle()
            client.cookies.clear()
            if sum(statuses.values()) % 2:
                lead_home(front, case)
            status = send(client, case, identity(front, party))
            statuses[status] = statuses.get(status, 0) + 1
            assert status < 500, case.as_curl_command()

        fuzz()
    assert sum(statuses.values()) > 100
    assert statuses[200] >= 10
