"""Generated requests from the API's own description, as every role: whatever comes, never a fault of ours."""

from collections import Counter

import pytest
import requests
import schemathesis
from front import OWN, PASSWORD, Front, cheap_passwords
from hypothesis import HealthCheck, given, settings
from schemathesis.generation.case import Case
from starlette.testclient import TestClient

from jinpai.entrypoints.http.describe import describe
from jinpai.entrypoints.http.throttle import Throttle
from jinpai.staff.actions import create_account
from jinpai.staff.model import NewAccount, Role
from jinpai.staff.rights import BUYER, PARTIES

QUIET = settings(
    max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
pytestmark = pytest.mark.filterwarnings("ignore")


def identity(front: Front, party: str) -> dict[str, str]:
    """The headers of this party, with a session that is new."""
    if party == BUYER:
        return {"Authorization": f"Bearer {front.people.chats[OWN].token}"}
    secret, actor = front.enter(party)
    return {"Cookie": f"jinpai={secret}", "X-CSRF-Token": actor.csrf}


def hire(front: Front) -> str:
    """Somebody who may be changed and dismissed without taking a party's place."""
    new = NewAccount("passer-by", "过客", Role.TRAINER, (OWN,))
    return front.house.writer.run(create_account(None, new, cheap_passwords().hash(PASSWORD))).id


def lead_home(front: Front, account: str, case: Case) -> None:
    """Point the generated request at things that exist, so that it gets past "not found"."""
    people = front.people
    known = {
        "conversation_id": people.chats[OWN].visitor.conversation,
        "account_id": account,
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


def test_no_generated_request_makes_the_server_fail(front: Front) -> None:
    schema = schemathesis.openapi.from_dict(describe(front.app))
    client, account = front.client(), hire(front)
    known = {party: identity(front, party) for party in PARTIES}
    statuses = {party: Counter[int]() for party in PARTIES}
    for found in schema.get_all_operations():
        operation = found.ok()

        @QUIET
        @given(case=operation.as_strategy())
        def fuzz(case: Case) -> None:
            for party in PARTIES:
                front.app.state.throttle = Throttle()
                client.cookies.clear()
                if statuses[party].total() % 2:
                    lead_home(front, account, case)
                status = send(client, case, known[party])
                statuses[party][status] += 1
                assert status < 500, (party, case.as_curl_command())
                if status == 401:
                    known[party] = identity(front, party)

        fuzz()
    for party in PARTIES:
        assert statuses[party].total() > 100
        assert statuses[party][200] >= 10, party
