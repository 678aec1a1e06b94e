"""A lead edits the shop's own content: what it would change, what is wrong with it, how severe the guard becomes."""

import pytest

from jinpai.flows.content.overlays import Edit, count_entries, edit_overlay, list_entries
from jinpai.flows.content.sections import load_shop_pack
from jinpai.flows.content.shop import assemble
from jinpai.guard.model import verdict_of
from jinpai.kit.errors import NotFound

WELCOME = {"trigger": "first_contact", "text": "您好，欢迎光临{店铺}😊 想去哪儿走走？"}


def test_a_lead_rewrites_the_greeting_and_sees_what_changes() -> None:
    overlay = edit_overlay("demo", {}, {}, [Edit("auto_replies", "first-contact", WELCOME)])
    assert overlay.problems == []
    (change,) = overlay.changes
    assert (change.section, change.id, change.kind) == ("auto_replies", "first-contact", "changed")
    assert {field.name for field in change.fields} == {"text", "cooldown_seconds"}
    listed = {entry.id: entry for entry in list_entries("demo", overlay.files, "auto_replies")}
    assert listed["first-contact"].origin == "own"
    assert listed["waiting"].origin == "base"


def test_giving_it_back_leaves_no_file_behind() -> None:
    mine = edit_overlay("demo", {}, {}, [Edit("auto_replies", "first-contact", WELCOME)]).files
    back = edit_overlay("demo", mine, mine, [Edit("auto_replies", "first-contact", None)])
    assert back.files == {}
    assert [change.kind for change in back.changes] == ["changed"]


def test_a_mistake_is_named_with_its_line_and_nothing_is_compared() -> None:
    overlay = edit_overlay("demo", {}, {}, [Edit("auto_replies", "first-contact", {**WELCOME, "text": "{天气}好"})])
    assert overlay.changes == ()
    assert [problem.file for problem in overlay.problems] == ["auto_replies/own.yaml"]
    assert overlay.problems[0].line == 3


def test_a_reply_taken_away_stays_visible_as_taken_away() -> None:
    overlay = edit_overlay("demo", {}, {}, [Edit("auto_replies", "waiting", {"removed": True})])
    assert [(change.id, change.kind) for change in overlay.changes] == [("waiting", "removed")]
    assert {e.id: e.value for e in list_entries("demo", overlay.files, "auto_replies")}["waiting"] is None


def test_seeds_cannot_be_edited() -> None:
    with pytest.raises(NotFound):
        edit_overlay("demo", {}, {}, [Edit("staff", "owner", {})])
    assert "staff" not in {section.name for section, _, _ in count_entries("demo", {})}


def verdict(files: dict[str, str], text: str) -> str:
    return verdict_of(assemble(load_shop_pack("demo", files).pack, "demo", 1).guard.check(text))


@pytest.mark.parametrize(("wanted", "expected"), [("hint", "hint"), ("confirm", "confirm"), ("off", "pass")])
def test_a_shop_says_how_severe_a_rule_is_for_itself(wanted: str, expected: str) -> None:
    text = "亲，加我微信聊吧"
    hits = assemble(load_shop_pack("demo", {}).pack, "demo", 0).guard.check(text)
    assert verdict_of(hits) == "block"
    edits = [Edit("severities", hit.rule, {"severity": wanted, "why": "店里试行"}) for hit in hits]
    overlay = edit_overlay("demo", {}, {}, edits)
    assert overlay.problems == []
    assert verdict(dict(overlay.files), text) == expected


def test_a_severity_for_a_rule_that_does_not_exist_is_refused() -> None:
    overlay = edit_overlay("demo", {}, {}, [Edit("severities", "leak.nothing", {"severity": "hint", "why": "试"})])
    assert "没有这条规则" in overlay.problems[0].message
