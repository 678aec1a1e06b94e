"""Content published on one process is in force on all of them, with no message unguarded meanwhile."""

import asyncio
from pathlib import Path

import pytest
from tests.support.client import agent, buyer
from tests.support.prepared import Prepared
from tests.support.server import Server

pytestmark = pytest.mark.anyio

RULE = """
- id: abuse.test-word
  family: abuse
  severity: block
  kind: words
  find: [山中无老虎]
  why: 这句话最近惹得买家不高兴，先不要说
  rewrite: 您好，您请讲，我来帮您看😊
  owner: 客服主管
  source: 店铺内部约定
  must_block: [山中无老虎, 正所谓山中无老虎嘛]
  must_pass: [山里有老虎, 您好]
"""


def publish(server: Server, rule: str) -> None:
    headers = server.sign_in("shenyi")
    body = {"shop": "demo", "note": "临时规则", "files": {"guard/own.yaml": rule}}
    made = server.request("POST", "/api/v1/content/versions", body, headers)
    assert made.status == 201, made.body.decode()
    path = f"/api/v1/content/versions/{made.json()['id']}/publish"
    done = server.request("POST", path, {"shop": "demo"}, headers)
    assert done.status == 200, done.body.decode()


async def until_refused(client: object, conversation: str, text: str) -> None:
    for _ in range(100):
        answer = await client.say(conversation, text)  # type: ignore[attr-defined]
        if answer["t"] == "refused":
            assert answer["hits"][0]["rule"] == "abuse.test-word"
            return
        await asyncio.sleep(0.1)
    pytest.fail("the published rule never came into force")


async def test_a_rule_published_here_is_in_force_there(postgres_url: str, prepared: Prepared, tmp_path: Path) -> None:
    here = prepared.copy(tmp_path / "home", postgres_url).start()
    there = Server(here.home, here.database, accounts=here.accounts).start()
    asking, conversation = await buyer(there)
    answering = await agent(there)
    await answering.follow(conversation)
    assert (await answering.say(conversation, "俗话说山中无老虎，您慢慢挑😊"))["t"] == "ack"
    await asyncio.to_thread(publish, here, RULE)
    await until_refused(answering, conversation, "俗话说山中无老虎，您慢慢挑😊")
    await asking.close()
    await answering.close()
    there.stop()
    here.stop()


async def test_a_rule_without_proof_is_refused_and_nothing_changes(server: Server) -> None:
    headers = await asyncio.to_thread(server.sign_in, "shenyi")
    files = {"guard/own.yaml": RULE.replace("山中无老虎, 正所谓山中无老虎嘛", "山里有老虎, 也有猴子")}
    body = {"shop": "demo", "note": "", "files": files}
    answer = await asyncio.to_thread(server.request, "POST", "/api/v1/content/versions", body, headers)
    assert answer.status == 400
    assert "guard/own.yaml" in answer.json()["detail"]
    listed = await asyncio.to_thread(server.request, "GET", "/api/v1/content/versions?shop=demo", None, headers)
    assert listed.json()["items"] == []
