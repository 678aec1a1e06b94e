"""A shop lays its own wording over the base pack, and sees what it changed."""

from shelf import CARDS, SECTIONS, Card

from jinpai.packs.diff import Change, FieldChange, diff
from jinpai.packs.loader import load_files
from jinpai.packs.model import Pack
from jinpai.packs.overlay import needless_removals, overlay


def pack(text: str, name: str = "a") -> Pack:
    loaded = load_files({f"cards/{name}.yaml": text}, SECTIONS)
    assert loaded.problems == ()
    return loaded.pack


BASE = pack("- {id: hello, title: 您好, tags: [问候]}\n- {id: wait, title: 请稍等}\n- {id: bye, title: 再见}\n")


def cards(found: Pack) -> list[tuple[str, str]]:
    return [(card.id, card.title) for card in found.entries(CARDS)]


def test_an_entry_of_the_same_id_replaces_the_whole_entry_in_its_place() -> None:
    merged = overlay(BASE, pack("- {id: hello, title: 您好呀}\n- {id: extra, title: 欢迎}\n", "own"))
    assert cards(merged) == [("hello", "您好呀"), ("wait", "请稍等"), ("bye", "再见"), ("extra", "欢迎")]
    assert merged.entries(CARDS)[0].tags == ()
    assert merged.sources["cards"]["hello"].file == "cards/own.yaml"
    assert merged.sources["cards"]["wait"].file == "cards/a.yaml"


def test_a_tombstone_takes_an_entry_away_and_a_later_layer_may_bring_it_back() -> None:
    without = overlay(BASE, pack("- {id: wait, removed: true, note: 我们不让人等}\n"))
    assert cards(without) == [("hello", "您好"), ("bye", "再见")]
    assert "wait" in dict(cards(overlay(without, pack("- {id: wait, title: 马上来}\n"))))


def test_the_layers_below_are_not_changed() -> None:
    before = cards(BASE)
    overlay(BASE, pack("- {id: hello, removed: true}\n"))
    assert cards(BASE) == before


def test_a_tombstone_says_nothing_else() -> None:
    for text in ("- {id: a, removed: false}", "- {id: a, removed: 'true'}", "- {id: a, removed: true, title: 好}"):
        (problem,) = load_files({"cards/a.yaml": text}, SECTIONS).problems
        assert "只写 id 和 removed: true" in problem.message


def test_taking_away_what_is_not_there_is_told_as_a_misspelling() -> None:
    own = pack("- {id: hallo, removed: true}\n- {id: bye, removed: true}\n")
    assert [(problem.line, "hallo" in problem.message) for problem in needless_removals(BASE, own)] == [(1, True)]


def test_the_difference_of_two_versions_is_told_field_by_field() -> None:
    before = pack("- {id: hello, title: 您好, tags: [a]}\n- {id: gone, title: 旧}\n- {id: same, title: 同}\n")
    after = pack("- {id: hello, title: 您好呀, tags: [a]}\n- {id: same, title: 同}\n- {id: wait, removed: true}\n")
    assert diff(before, after) == [
        Change("cards", "hello", "changed", (FieldChange("title", "您好", "您好呀"),)),
        Change("cards", "gone", "removed", (FieldChange("title", "旧", None),)),
        Change("cards", "wait", "added", (FieldChange("removed", None, True),)),
    ]
    assert diff(before, before) == []


def test_what_was_read_cannot_be_changed_by_whoever_holds_it() -> None:
    card = BASE.entries(CARDS)[0]
    assert isinstance(card, Card)
    try:
        card.title = "改"  # type: ignore[misc]
    except ValueError:
        return
    raise AssertionError("a content entry was changed in place")
