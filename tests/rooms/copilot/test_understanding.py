"""A buyer's message understood: several matters in one, moods, and what was learned kept in a file."""

from pathlib import Path

import pytest
from tests.rooms.copilot.test_learning import ASKED, OPENINGS

from jinpai.copilot.content import Intent
from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.hearing.building import learn_examples
from jinpai.copilot.hearing.clauses import split_clauses
from jinpai.copilot.hearing.understanding import Understanding
from jinpai.copilot.model import Lessons, fingerprint, model_file
from jinpai.flows.content.shop import load_shop_content
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.keeping import KEPT, find_kept, keep


def intent(name: str, *, branch: str = "talk", urgent: bool = False, patterns: tuple[str, ...] = ()) -> Intent:
    examples = tuple(opening + said for said in ASKED[name] for opening in OPENINGS)
    return Intent(
        id=name,
        branch=branch,
        title=name,
        definition=name,
        audience=("pre_sale",),
        urgent=urgent,
        patterns=patterns,
        examples=examples,
    )


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    intents = (intent("dispatch", urgent=True), intent("size"), intent("price", patterns=("^打骨折",)))
    moods = load_shop_content("").lessons.moods
    return Understanding(intents, learn_examples(Lessons(intents).examples())[0], Moods(moods))


def test_two_matters_in_one_message_are_both_understood(understanding: Understanding) -> None:
    found = understanding.understand("今天能发货吗，我穿多大码合适？")
    assert {one.intent.id for one in found.meanings} == {"dispatch", "size"}
    assert found.urgent


def test_the_words_that_say_so_are_told(understanding: Understanding) -> None:
    found = understanding.understand("你好啊。能便宜点吗")
    assert found.meanings[0].intent.id == "price"
    assert found.meanings[0].words in ("能便宜点吗", "你好啊。能便宜点吗")


def test_a_pattern_names_its_intent_at_once(understanding: Understanding) -> None:
    assert understanding.understand("打骨折不").meanings[0].confidence > 0.9


@pytest.mark.parametrize("said", ["", "😀", "？？？", "\n\n", "。" * 10_000])
def test_what_has_no_words_has_no_meaning(understanding: Understanding, said: str) -> None:
    assert understanding.understand(said).meanings == ()


@pytest.mark.parametrize(
    ("said", "feeling"),
    [
        ("你们太差了，我要投诉", "upset"),
        ("我没有生气，就是问问", "calm"),
        ("我担心会坏", "worried"),
        ("谢谢，很喜欢", "pleased"),
        ("什么时候发货", "calm"),
    ],
)
def test_moods_are_told_by_their_words(understanding: Understanding, said: str, feeling: str) -> None:
    assert understanding.understand(said).mood.feeling == feeling


def test_a_message_is_cut_where_the_buyer_goes_on_to_something_else() -> None:
    assert split_clauses("在吗，129.5元能便宜吗？今天发货不") == ["129.5元能便宜吗", "今天发货不"]


def test_what_was_learned_is_kept_and_read_again(tmp_path: Path) -> None:
    intents = (intent("dispatch"), intent("size"))
    examples = Lessons(intents).examples()
    (classifier, _), path = learn_examples(examples), model_file(tmp_path, fingerprint(examples))
    keep(classifier, path)
    kept = find_kept(path)
    assert kept is not None
    views = cut_views("几时发货")
    assert kept.rank(views, 2) == classifier.rank(views, 2)


def test_a_broken_file_is_learned_anew_and_old_ones_go(tmp_path: Path) -> None:
    intents = (intent("dispatch"), intent("size"))
    examples = Lessons(intents).examples()
    path = model_file(tmp_path, fingerprint(examples))
    path.write_bytes(b"PK broken")
    assert find_kept(path) is None
    assert find_kept(tmp_path / "none.npz") is None
    classifier, _ = learn_examples(examples)
    for number in range(KEPT + 2):
        keep(classifier, model_file(tmp_path, f"{number}"))
    assert len(list(tmp_path.glob("*.npz"))) == KEPT


def test_another_example_is_another_lesson() -> None:
    one, other = intent("dispatch"), intent("size")
    told = Lessons((one, other)).examples()
    assert fingerprint(told) == fingerprint(Lessons((other, one)).examples())
    assert fingerprint(told) != fingerprint(Lessons((one, other), corrections=(("新的说法", "size"),)).examples())


def test_what_people_put_right_is_learned_in_place_of_what_content_said() -> None:
    lessons = Lessons((intent("dispatch"), intent("size")))
    wrong, corrected = lessons.examples()[0], ((lessons.examples()[0][0], "size"), ("不在了", "gone"))
    assert wrong[1] == "dispatch"
    examples = Lessons(lessons.intents, corrections=corrected).examples()
    assert examples.count((wrong[0], "size")) == 1
    assert wrong not in examples
    assert not any(name == "gone" for _, name in examples)
