"""Customers over HTTP."""

from typing import Any

from customer_calls import another
from front import OTHER, OWN, Front

from jinpai.desk.model import Author
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

AGENT = "agent"


def says(front: Front, text: str) -> int:
    """The shop's buyer says this; returns the message's number."""
    visitor = front.people.chats[OWN].visitor
    message = Incoming(OWN, visitor.conversation, Author("buyer", visitor.id, visitor.name), text, new_secret())
    return front.house.writer.run(receive(message)).seq


def portrait(front: Front) -> Any:
    conversation = front.people.chats[OWN].visitor.conversation
    return front.client(AGENT).get(f"/api/v1/conversations/{conversation}/portrait").json()


def judge(front: Front, kind: str, value: str, verdict: str, **more: Any) -> Any:
    body = {"kind": kind, "value": value, "verdict": verdict, **more}
    return front.client(AGENT).post(f"/api/v1/customers/{front.people.chats[OWN].visitor.id}/facts", json=body)


def test_the_desk_shows_a_guess_with_the_buyer_s_words_and_how_to_speak(front: Front) -> None:
    seq = says(front, "我不太懂帐篷，您帮我推荐一款吧")
    (guess,) = [one for one in portrait(front)["types"] if one["axis"] == "knowledge"]
    assert (guess["type"], guess["accepted"]) == ("dependent", False)
    assert guess["evidence"][0]["seq"] == seq
    assert "耐心" in guess["advice"]


def test_a_type_that_is_struck_out_is_not_guessed_again_until_it_is_taken_back(front: Front) -> None:
    says(front, "我不太懂帐篷，您帮我推荐一款吧")
    struck = judge(front, "knowledge", "dependent", "struck").json()
    assert [one for one in struck["types"] if one["axis"] == "knowledge"] == []
    assert [one["value"] for one in struck["struck"]] == ["dependent"]
    again = judge(front, "knowledge", "dependent", "open").json()
    assert [one["type"] for one in again["types"] if one["axis"] == "knowledge"] == ["dependent"]


def test_a_type_a_person_is_sure_of_stays_whatever_the_talk_says(front: Front) -> None:
    says(front, "我不太懂帐篷，您帮我推荐一款吧")
    judge(front, "knowledge", "half_informed", "accepted")
    sure = judge(front, "knowledge", "expert", "accepted").json()
    assert [(one["type"], one["accepted"]) for one in sure["types"] if one["axis"] == "knowledge"] == [("expert", True)]


def test_a_fact_is_proposed_from_the_talk_and_kept_with_one_click(front: Front) -> None:
    seq = says(front, "我给我妈买的，身高162")
    proposed = {one["kind"]: one for one in portrait(front)["facts"]}
    assert {kind: one["value"] for kind, one in proposed.items()} == {"for_whom": "妈妈", "height": "162 cm"}
    evidence = proposed["height"]["evidence"]
    assert evidence["seq"] == seq
    source = {"conversation": evidence["conversation"], "seq": evidence["seq"]}
    kept = judge(front, "height", "162 cm", "accepted", **source).json()["facts"]
    assert [(one["kind"], one["accepted"]) for one in kept] == [("height", True), ("for_whom", False)]
    assert kept[0]["evidence"]["text"] == "我给我妈买的，身高162"
    struck = judge(front, "for_whom", "妈妈", "struck").json()
    assert [one["kind"] for one in struck["facts"]] == ["height"]


def test_the_agent_s_answers_show_which_needs_were_served(front: Front) -> None:
    needs = {one["kind"]: one for one in portrait(front)["needs"]}
    assert len(needs) == 11
    assert all(one["hint"] for one in needs.values())


def test_a_type_that_does_not_exist_is_refused(front: Front) -> None:
    answer = judge(front, "knowledge", "witch", "accepted")
    assert answer.status_code == 400
    assert "刷新" in answer.json()["detail"]


def customers(front: Front, query: str = "") -> list[Any]:
    items: list[Any] = front.client(AGENT).get(f"/api/v1/customers?shop={OWN}{query}").json()["items"]
    return items


def path(front: Front, shop: str = OWN) -> str:
    return f"/api/v1/customers/{front.people.chats[shop].visitor.id}"


def test_the_list_finds_a_customer_by_a_part_of_the_name(front: Front) -> None:
    says(front, "在吗")
    visitor = front.people.chats[OWN].visitor
    assert [one["id"] for one in customers(front, f"&q={visitor.name[:2]}")] == [visitor.id]
    assert customers(front, "&q=没有这个人") == []


def test_a_customer_who_wants_quiet_and_one_with_a_profile_are_found_as_such(front: Front) -> None:
    visitor = front.people.chats[OWN].visitor
    assert customers(front, "&which=quiet") == [] == customers(front, "&which=known")
    written = front.client(AGENT).put(path(front), json={"quiet": True, "note": " 下午联系 "}).json()
    assert written == {"quiet": True, "note": "下午联系"}
    judge(front, "for_whom", "妈妈", "accepted")
    assert [one["id"] for one in customers(front, "&which=quiet")] == [visitor.id]
    assert [one["id"] for one in customers(front, "&which=known")] == [visitor.id]
    assert portrait(front)["note"] == "下午联系"


def test_a_record_has_orders_talks_and_what_was_bought(front: Front) -> None:
    says(front, "在吗")
    visitor = front.people.chats[OWN].visitor
    paid = OrderRow(
        "900001", buyer=visitor.id, state="completed", paid=60_000, total=60_000, ordered_at=front.house.clock.now(),
        receiver="王小明", phone="13812345678", address="浙江省杭州市西湖区文一路 1 号", region="浙江省",
    )  # fmt: skip
    front.house.writer.run(record_orders(front.house.sealer, OWN, [paid]))
    record = front.client(AGENT).get(path(front)).json()
    assert record["customer"]["orders"] == 1
    assert record["customer"]["amount"] == "600.00"
    assert record["customer"]["segment"]["title"] == "大方的新客户"
    assert [one["id"] for one in customers(front, "&segment=promising")] == [visitor.id]
    assert visitor.id not in [one["id"] for one in customers(front, "&segment=newcomers")]
    assert "900001" in [order["number"] for order in record["orders"]]
    assert [talk["id"] for talk in record["talks"]] == [visitor.conversation]
    assert record["contact"]["phone"] == "138****5678"
    assert record["contact"]["receiver"] == "王**"
    assert "文一路" not in str(record)
    assert [one["id"] for one in customers(front, "&which=bought")] == [visitor.id]


def test_seeing_how_to_reach_a_customer_is_kept_in_the_audit_log(front: Front) -> None:
    says(front, "在吗")
    bought = OrderRow("900002", buyer=front.people.chats[OWN].visitor.id, receiver="王小明", phone="13812345678")
    front.house.writer.run(record_orders(front.house.sealer, OWN, [bought]))
    shown = front.client(AGENT).post(f"{path(front)}/reveal", json={}).json()
    assert (shown["phone"], shown["receiver"]) == ("13812345678", "王小明")
    facts = front.client("owner").get("/api/v1/audit?kind=customer_revealed").json()["items"]
    assert [fact["data"] for fact in facts] == [{"buyer": front.people.chats[OWN].visitor.id}]
    assert front.client("trainer").post(f"{path(front)}/reveal", json={}).status_code == 403


def test_another_shop_s_customer_is_not_found(front: Front) -> None:
    assert front.client(AGENT).get(path(front, OTHER)).status_code == 404
    assert front.client(AGENT).put(path(front, OTHER), json={"quiet": True}).status_code == 404


def manage(front: Front, buyer: str, deed: str, body: Any) -> Any:
    return front.client("supervisor").post(f"/api/v1/customers/{buyer}/{deed}", json=body)


def test_two_names_are_one_customer_until_that_is_taken_back(front: Front) -> None:
    says(front, "我给我妈买的")
    visitor, other = front.people.chats[OWN].visitor, another(front, OWN)
    bought = OrderRow("900003", buyer=other, state="completed", paid=12_000, ordered_at=front.house.clock.now())
    front.house.writer.run(record_orders(front.house.sealer, OWN, [bought]))
    assert manage(front, other, "merge", {"into": visitor.id}).json() == {"id": visitor.id}
    for name in (visitor.id, other):
        record = front.client(AGENT).get(f"/api/v1/customers/{name}").json()
        assert (record["customer"]["id"], record["customer"]["amount"]) == (visitor.id, "120.00")
        assert [one["id"] for one in record["merged"]] == [other]
    assert other not in [one["id"] for one in customers(front)]
    assert manage(front, other, "merge", {"into": visitor.id}).status_code == 400
    assert manage(front, other, "split", {}).status_code == 200
    assert front.client(AGENT).get(path(front)).json()["customer"]["orders"] == 0
    assert other in [one["id"] for one in customers(front)]
    assert manage(front, other, "split", {}).status_code == 400


def test_customers_of_two_shops_are_never_one(front: Front) -> None:
    visitor = front.people.chats[OWN].visitor
    assert manage(front, visitor.id, "merge", {"into": front.people.chats[OTHER].visitor.id}).status_code == 404


def test_a_customer_gets_everything_the_shop_keeps_of_them(front: Front) -> None:
    says(front, "我给我妈买的")
    visitor = front.people.chats[OWN].visitor
    judge(front, "for_whom", "妈妈", "accepted")
    bought = OrderRow("900004", buyer=visitor.id, receiver="王小明", phone="13812345678", paid=12_000)
    front.house.writer.run(record_orders(front.house.sealer, OWN, [bought]))
    told = manage(front, visitor.id, "export", {}).json()
    assert told["contact"]["phone"] == "13812345678"
    assert [(one["kind"], one["text"]) for one in told["profile"]] == [("for_whom", "买给谁：妈妈")]
    assert ("900004", "120.00") in [(order["number"], order["paid"]) for order in told["orders"]]
    assert "我给我妈买的" in [one["text"] for talk in told["conversations"] for one in talk["messages"]]
    facts = front.client("owner").get("/api/v1/audit?kind=customer_exported").json()["items"]
    assert [fact["data"]["buyer"] for fact in facts] == [visitor.id]
