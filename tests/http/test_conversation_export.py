"""A conversation is taken along: every line of it, telephone numbers masked, nothing in it runs, and who took it."""

from front import OWN, Front

from jinpai.desk.model import Author
from jinpai.flows.receive import Incoming, receive


def test_what_was_said_goes_out_masked_and_harmless(front: Front) -> None:
    visitor = front.people.chats[OWN].visitor
    who = Author("buyer", visitor.id, "=山里人")
    for at, text in enumerate(("我电话13800138000，下午送", "=HYPERLINK(1)")):
        front.house.writer.run(receive(Incoming(OWN, visitor.conversation, who, text, f"export-{at:04}")))
    url = f"/api/v1/conversations/{visitor.conversation}/export?format=csv"
    lines = front.client("supervisor").post(url, json={}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "时间,身份,名字,内容,来源"
    assert [line.split(",", 1)[1] for line in lines[-2:]] == [
        "买家,'=山里人,我电话138****8000，下午送,",
        "买家,'=山里人,'=HYPERLINK(1),",
    ]
    (fact, *_) = front.client("owner").get("/api/v1/audit", params={"kind": "conversation_exported"}).json()["items"]
    assert fact["data"]["conversation"] == visitor.conversation
