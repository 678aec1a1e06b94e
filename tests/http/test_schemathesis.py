"""Generated requests from the API's own description, as every role: whatever comes, never a fault of ours."""

import pytest
import schemathesis
from front import OWN, Front
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.case import Case

from jinpai.entrypoints.http.throttle import Throttle
from jinpai.staff.rights import BUYER, PARTIES

QUIET = settings(
    max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
pytestmark = pytest.mark.filterwarnings("ignore")


def open_session(front: Front, role: str) -> tuple[dict[str, str], dict[str, str]]:
    """Headers and cookies of this party, with a session that is alive."""
    if role == BUYER:
        return {"Authorization": f"Bearer {front.people.chats[OWN].token}"}, {}
    secret, actor = front.enter(role)
    return {"X-CSRF-Token": actor.csrf}, {"jinpai": secret}


@pytest.mark.parametrize("party", PARTIES)
def test_no_generated_request_makes_the_server_fail(front: Front, party: str) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", front.app)
    tried = 0
    for operation in schema.get_all_operations():

        @QUIET
        @given(case=operation.ok().as_strategy())
        def fuzz(case: Case) -> None:
            nonlocal tried
            front.app.state.throttle = Throttle()
            headers, cookies = open_session(front, party)
            response = case.call(headers=headers, cookies=cookies)
            case.validate_response(response, checks=[not_a_server_error])
            tried += 1

        fuzz()
    assert tried > 50
