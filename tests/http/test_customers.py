"""Customers over HTTP."""

from typing import Any

from front import OWN, Front

from jinpai.desk.model import Author
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret

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
