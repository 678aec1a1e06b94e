"""Agents find, keep, share and bring in quick replies over HTTP; what was sent from one is counted."""

import csv
import io
from typing import Any

import pytest
from front import OTHER, OWN, Front
from starlette.testclient import TestClient

from jinpai.desk.model import Author, Draft
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared, Refused

TEXT = "{买家}您好，可以到店自提，{店铺}今天都有人"


def keep(client: TestClient, whose: str, id: str, text: str = TEXT, **more: str) -> Any:
    form = {"shop": OWN, "folder": "物流/自提", "code": "zt", "title": "到店自提", "text": text, **more}
    return client.put(f"/api/v1/scripts/{whose}/{id}", json=form)


def find(client: TestClient, q: str, **more: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/scripts/find", params={"shop": OWN, "q": q, **more})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def in_chat(front: Front) -> dict[str, str]:
    return {"c": front.people.chats[OWN].visitor.conversation}


def test_an_own_reply_is_found_at_once_and_only_by_its_owner(front: Front) -> None:
    agent, supervisor = front.client("agent"), front.client("supervisor")
    assert keep(agent, "mine", "q_zitizitizi").status_code == 200
    assert find(agent, "zt")[0]["id"] == "q_zitizitizi"
    assert find(agent, "ddzt")[0]["owner"] == "mine"
    assert all(one["id"] != "q_zitizitizi" for one in find(supervisor, "zt"))


def test_a_team_reply_is_found_by_all_and_changed_by_leads_alone(front: Front) -> None:
    agent, supervisor = front.client("agent"), front.client("supervisor")
    assert keep(agent, "team", "q_zitizitizi").status_code == 403
    assert keep(supervisor, "team", "q_zitizitizi").status_code == 200
    assert find(agent, "zt")[0]["owner"] == "team"
    assert keep(supervisor, "team", "q_zitizitizi", "改过了，您放心").status_code == 200
    assert find(agent, "zt")[0]["text"] == "改过了，您放心"
    removed = supervisor.delete("/api/v1/scripts/team/q_zitizitizi", params={"shop": OWN})
    assert removed.json() == {"removed": True}
    assert all(one["id"] != "q_zitizitizi" for one in find(agent, "zt"))


def test_nobody_writes_over_a_colleagues_reply_by_guessing_its_id(front: Front) -> None:
    keep(front.client("agent"), "mine", "q_zitizitizi")
    lead = front.client("supervisor")
    assert keep(lead, "mine", "q_zitizitizi").status_code == 404
    assert keep(lead, "team", "q_zitizitizi").status_code == 404
    assert lead.delete("/api/v1/scripts/mine/q_zitizitizi", params={"shop": OWN}).status_code == 404


def test_a_reply_comes_filled_for_the_conversation_and_says_what_is_missing(front: Front) -> None:
    agent = front.client("agent")
    keep(agent, "mine", "q_zitizitizi", TEXT + "，运单号{运单号}")
    chat = find(agent, "zt", **in_chat(front))[0]
    name = front.people.chats[OWN].visitor.name
    assert chat["filled"].startswith(f"{name}您好")
    assert chat["missing"] == ["运单号"]
    assert set(find(agent, "zt")[0]["missing"]) >= {"买家", "运单号"}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": "   "}, "内容是空的"),
        ({"text": "您好{生日}"}, "没有变量"),
        ({"code": "a b"}, "编号"),
        ({"folder": "一/二/三"}, "层数太多"),
        ({"title": "长" * 41}, "太长"),
    ],
)
def test_what_cannot_be_kept_is_told_with_what_to_mend(front: Front, changed: dict[str, str], why: str) -> None:
    agent = front.client("agent")
    before = front.state()
    answer = keep(agent, "mine", "q_zitizitizi", **{"text": TEXT, **changed})
    assert answer.status_code == 400
    assert why in answer.json()["detail"]
    assert front.state() == before


def test_an_import_takes_every_line_or_none_and_names_the_lines(front: Front) -> None:
    agent = front.client("agent")
    url = f"/api/v1/scripts/mine/import?shop={OWN}"
    good = "文件夹,编号,标题,内容\n物流,zt,自提,您可以到店自提\n物流,kd,快递,默认发中通"
    bad = good + "\n物流,x y,坏的,您好"
    before = front.state()
    refused = agent.post(url, content=bad.encode("gbk"))
    assert refused.status_code == 400
    assert refused.json()["problems"][0]["line"] == 4
    assert front.state() == before
    checked = agent.post(f"{url}&check=true", content=bad.encode("gbk")).json()
    assert (checked["rows"], checked["added"], len(checked["problems"])) == (3, 2, 1)
    assert front.state() == before
    assert agent.post(url, content=good.encode("gbk")).json()["added"] == 2
    again = agent.post(url, content=good.encode()).json()
    assert (again["added"], again["updated"]) == (0, 2)
    out = agent.get("/api/v1/scripts/export", params={"shop": OWN, "owner": "mine", "format": "csv"})
    rows = list(csv.reader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert sorted(row[1] for row in rows[1:]) == ["kd", "zt"]


def test_stars_are_kept_and_told(front: Front) -> None:
    agent = front.client("agent")
    keep(agent, "mine", "q_zitizitizi")
    form = {"shop": OWN, "script": "q_zitizitizi", "starred": True}
    assert agent.put("/api/v1/scripts/stars", json=form).json() == {"scripts": ["q_zitizitizi"]}
    assert find(agent, "zt")[0]["starred"] is True
    assert agent.put("/api/v1/scripts/stars", json={**form, "starred": False}).json() == {"scripts": []}


def say_from(front: Front, source: str, text: str, number: int) -> None:
    account = front.people.accounts["agent", OWN]
    chat = front.people.chats[OWN].visitor
    author = Author("agent", account.id, account.name)
    draft = Draft(OWN, chat.conversation, author, text, f"message-{number}", source=source)
    verdict = clear(front.house, draft, ())
    assert isinstance(verdict, Cleared), verdict
    front.house.writer.run(say(verdict))


def test_a_message_from_a_reply_is_counted_and_moves_the_reply_up(front: Front) -> None:
    agent = front.client("agent")
    keep(agent, "mine", "q_aaaaaaaa", "可以的", title="自提一")
    keep(agent, "mine", "q_bbbbbbbb", "可以呀", title="自提二")
    assert [one["id"] for one in find(agent, "zt")[:2]] == ["q_aaaaaaaa", "q_bbbbbbbb"]
    say_from(front, "q_bbbbbbbb", "可以呀，您过来就行", 1)
    found = find(agent, "zt")
    assert [one["id"] for one in found[:2]] == ["q_bbbbbbbb", "q_aaaaaaaa"]
    assert found[0]["used"] == 1
    usage = agent.get("/api/v1/scripts/usage", params={"shop": OWN}).json()
    assert [(one["script"], one["uses"], one["conversations"], one["ordered"]) for one in usage] == [
        ("q_bbbbbbbb", 1, 1, 0)
    ]


def test_an_open_variable_is_refused_by_the_server_too(front: Front) -> None:
    account = front.people.accounts["agent", OWN]
    chat = front.people.chats[OWN].visitor
    draft = Draft(OWN, chat.conversation, Author("agent", account.id), "咱们默认发{快递}哦", "message-1")
    answer = clear(front.house, draft, ())
    assert isinstance(answer, Refused)
    assert "「快递」还没有填" in answer.message
    assert (answer.hits[0].start, answer.hits[0].end) == (5, 9)
    for text in ("价格是{不认识}的括号，您放心", "表情{}没关系哦😊"):
        free = Draft(OWN, chat.conversation, Author("agent", account.id), text, "message-2")
        assert isinstance(clear(front.house, free, ()), Cleared)


def test_folders_are_those_of_the_shelf_with_their_counts(front: Front) -> None:
    agent = front.client("agent")
    keep(agent, "mine", "q_zitizitizi")
    folders = agent.get("/api/v1/scripts/folders", params={"shop": OWN}).json()
    assert {"folder": "物流/自提", "count": 1} in folders
    assert [one["id"] for one in find(agent, "", folder="物流/自提")] == ["q_zitizitizi"]
    assert {one["folder"].split("/")[0] for one in find(agent, "", folder="物流", limit=100)} == {"物流"}


def test_another_shops_conversation_fills_nothing(front: Front) -> None:
    elsewhere = front.people.chats[OTHER].visitor.conversation
    answer = front.client("agent").get("/api/v1/scripts/find", params={"c": elsewhere, "q": "zt"})
    assert answer.status_code == 404


def test_the_search_page_finds_ones_own_and_the_teams_replies(front: Front) -> None:
    agent, supervisor = front.client("agent"), front.client("supervisor")
    keep(agent, "mine", "q_zitizitizi", "可以到店自提的，您几点过来呀")
    keep(supervisor, "team", "q_quanzuquanzu", "自提点在店门口左边", title="自提点")

    def owners(client: TestClient) -> set[str]:
        answer = client.get("/api/v1/search", params={"q": "自提", "kind": "scripts"})
        return {one["owner"] for one in answer.json()["scripts"]}

    assert {"mine", "team"} <= owners(agent)
    assert "mine" not in owners(supervisor)
