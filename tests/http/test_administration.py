"""What administrators do over HTTP: content tried and rolled back, channels and their secrets, who did what."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from front import OTHER, OWN, Front
from starlette.testclient import TestClient

WELCOME = {"trigger": "first_contact", "text": "您好，欢迎光临{店铺}😊 想去哪儿走走？"}


def try_edit(client: TestClient, value: dict[str, Any] | None, files: dict[str, str] | None = None) -> Any:
    edits = [{"section": "auto_replies", "id": "first-contact", "value": value}]
    body = {"shop": OWN, "files": files, "edits": edits, "section": "auto_replies"}
    answer = client.post("/api/v1/content/check", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def publish(client: TestClient, files: dict[str, str], note: str) -> int:
    proposed = client.post("/api/v1/content/versions", json={"shop": OWN, "note": note, "files": files}).json()
    answer = client.post(f"/api/v1/content/versions/{proposed['id']}/publish", json={"shop": OWN})
    assert answer.status_code == 200, answer.text
    return int(proposed["id"])


def greeting(client: TestClient) -> Any:
    found = client.get(f"/api/v1/content/entries?shop={OWN}&section=auto_replies").json()["items"]
    return next(entry for entry in found if entry["id"] == "first-contact")


def test_operations_changes_the_greeting_sees_the_difference_and_goes_back(front: Front) -> None:
    client = front.client("operations")
    assert greeting(client)["origin"] == "base"
    before = front.state()
    tried = try_edit(client, WELCOME)
    assert front.state() == before
    assert [(change["id"], change["kind"]) for change in tried["changes"]] == [("first-contact", "changed")]
    assert [one["id"] for one in tried["entries"] if one["origin"] == "own"] == ["first-contact"]
    first = publish(client, {}, "照旧")
    second = publish(client, tried["files"], "换一句欢迎语")
    assert greeting(client)["value"] == {"id": "first-contact", **WELCOME}
    back = client.get(f"/api/v1/content/versions/{first}/changes?shop={OWN}").json()["changes"]
    assert [field["name"] for field in back[0]["fields"]] == ["text", "cooldown_seconds"]
    assert client.post(f"/api/v1/content/versions/{first}/publish", json={"shop": OWN}).status_code == 200
    assert greeting(client)["origin"] == "base"
    listed = client.get(f"/api/v1/content/versions?shop={OWN}").json()["items"]
    assert [(item["id"], item["published"]) for item in listed][:2] == [(second, False), (first, True)]
    assert listed[0]["author_name"] == "operations demo"


def test_a_mistake_is_shown_with_its_line_while_one_types(front: Front) -> None:
    tried = try_edit(front.client("operations"), {**WELCOME, "text": "{天气}真好"})
    assert tried["changes"] == []
    assert [(problem["file"], problem["line"]) for problem in tried["problems"]] == [("auto_replies/own.yaml", 3)]


@pytest.mark.parametrize(
    "value", [{"text": "\ud800"}, {"text": 1.5}, {"a": [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]}]
)
def test_what_no_file_can_hold_is_refused(front: Front, value: dict[str, Any]) -> None:
    body = {"shop": OWN, "files": None, "edits": [{"section": "auto_replies", "id": "x", "value": value}]}
    raw = json.dumps(body).encode("utf-8", "surrogatepass")
    answer = front.client("owner").post(
        "/api/v1/content/check", content=raw, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400, answer.text


def test_files_go_out_and_come_back_as_they_were(front: Front) -> None:
    client = front.client("operations")
    files = try_edit(client, WELCOME)["files"]
    number = publish(client, files, "备份")
    archive = client.get(f"/api/v1/content/versions/{number}/archive?shop={OWN}")
    assert archive.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(archive.content)).namelist() == ["auto_replies/own.yaml"]
    body = {"shop": OWN, "archive": base64.b64encode(archive.content).decode()}
    assert client.post("/api/v1/content/import", json=body).json() == {"files": files}


@pytest.mark.parametrize("archive", [b"no zip", b"PK\x03\x04broken", b""], ids=["words", "cut short", "nothing"])
def test_a_file_that_is_no_archive_is_explained(front: Front, archive: bytes) -> None:
    body = {"shop": OWN, "archive": base64.b64encode(archive).decode() or "===="}
    answer = front.client("operations").post("/api/v1/content/import", json=body)
    assert answer.status_code == 400
    assert "重新" in answer.json()["detail"]


def test_the_profile_names_the_shop_everywhere(front: Front) -> None:
    client = front.client("owner")
    profile = client.get(f"/api/v1/content/entries?shop={OWN}&section=shops").json()["items"][0]["value"]
    edit = {"section": "shops", "id": OWN, "value": {**profile, "name": "山野集旗舰店"}}
    tried = client.post("/api/v1/content/check", json={"shop": OWN, "files": None, "edits": [edit]}).json()
    assert tried["problems"] == []
    publish(client, tried["files"], "改名")
    assert client.get("/api/v1/session").json()["me"]["shops"] == [{"id": OWN, "name": "山野集旗舰店"}]


def test_an_owner_opens_another_shop_and_serves_it_at_once(front: Front) -> None:
    client = front.client("owner")
    assert client.post("/api/v1/shops", json={"id": "second", "name": "林间小铺"}).status_code == 201
    assert client.post("/api/v1/shops", json={"id": "second", "name": "再来一次"}).status_code == 409
    assert [shop["id"] for shop in client.get("/api/v1/shops").json()["items"]] == [OWN, "second"]
    assert [one["id"] for one in client.get("/api/v1/channels?shop=second").json()["items"]] == ["second-web"]
    buyer = front.client().post("/api/v1/widget/session", json={"channel": "second-web"})
    assert buyer.json()["shop"]["name"] == "林间小铺"


def test_a_rotated_secret_is_shown_once_and_written_down(front: Front) -> None:
    client = front.client("owner")
    secrets = {client.post(f"/api/v1/channels/{OWN}-web/secret", json={}).json()["secret"] for _ in range(2)}
    assert len(secrets) == 2
    assert all(secret not in client.get("/api/v1/channels").text for secret in secrets)
    facts = client.get("/api/v1/audit?kind=channel_secret_rotated").json()["items"]
    assert [(fact["kind"], fact["by"]["name"]) for fact in facts] == [("channel_secret_rotated", "owner demo")] * 2
    assert not any(secret in str(facts) for secret in secrets)


def test_the_window_opens_only_on_the_sites_the_owner_named(front: Front) -> None:
    owner = front.client("owner")
    named = owner.patch(f"/api/v1/channels/{OWN}-web", json={"domains": ["https://Shop.Example/path", "shop.example"]})
    assert named.json()["domains"] == ["shop.example"]

    def enter(origin: str | None) -> int:
        headers = {} if origin is None else {"origin": origin}
        return (
            front.client().post("/api/v1/widget/session", json={"channel": f"{OWN}-web"}, headers=headers).status_code
        )

    for origin in ("https://shop.example", "https://www.shop.example:8443", "http://jinpai.test", None):
        assert enter(origin) == 200, origin
    for origin in ("https://evil.example", "https://notshop.example", "https://shop.example.evil", "null"):
        assert enter(origin) == 403, origin
    assert owner.patch(f"/api/v1/channels/{OWN}-web", json={"domains": ["不是域名"]}).status_code == 400


def test_a_supervisor_reads_who_did_what_but_nothing_of_another_shop(front: Front) -> None:
    front.client("owner").patch(f"/api/v1/staff/{front.people.accounts['agent', OWN].id}", json={"role": "trainer"})
    front.client("owner", OTHER)
    client = front.client("supervisor")
    facts = client.get("/api/v1/audit").json()["items"]
    changed = next(fact for fact in facts if fact["kind"] == "account_changed")
    assert (changed["by"]["name"], changed["about"]["name"]) == ("owner demo", "agent demo")
    assert changed["data"] == {"role": "trainer"}
    assert "other" not in str(facts)
    theirs = front.people.accounts["agent", OTHER].id
    assert client.get(f"/api/v1/audit?person={theirs}").json()["items"] == []
    mine = front.people.accounts["agent", OWN].id
    about = client.get(f"/api/v1/audit?person={mine}&kind=account_changed&kind=account_created").json()["items"]
    assert [fact["kind"] for fact in about] == ["account_changed", "account_created"]


def test_the_log_is_read_page_by_page_without_gap_or_repetition(front: Front) -> None:
    for _ in range(60):
        front.enter("agent")
    client = front.client("owner")
    seen: list[int] = []
    before: int | None = None
    while True:
        page = client.get("/api/v1/audit?kind=signed_in" + (f"&before={before}" if before else "")).json()
        seen += [fact["id"] for fact in page["items"]]
        before = page["next"]
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 61
    assert seen == sorted(seen, reverse=True)


def test_facts_are_found_by_their_time(front: Front) -> None:
    now = front.clock.now()
    front.clock.advance(60_000)
    client = front.client("owner")
    assert len(client.get(f"/api/v1/audit?kind=signed_in&since={now + 1}").json()["items"]) == 1
    assert client.get(f"/api/v1/audit?kind=signed_in&until={now + 1}").json()["items"] == []
