"""Questions that ask the same are one topic; only what lacks a good answer is shown; what is decided stays decided."""

from dataclasses import replace
from random import Random

from jinpai.kit.learning.clusters import cluster
from jinpai.knowledge.gathering import gather
from jinpai.knowledge.model import Anchor, Question, Reading, Topic, is_back

WASHING = ("帐篷可以机洗吗", "这个帐篷能机洗吗", "请问帐篷可以用洗衣机洗吗", "帐篷可以机洗不")
POLES = ("撑杆断了单卖吗", "撑杆断了可以单卖吗", "撑杆单卖吗")
HELLO = ("你好", "你好呀", "你好你好")


def read(text: str) -> Reading:
    """The copilot knows what washing is, and a greeting when it sees one."""
    if "你好" in text:
        return Reading("greet.hello", 0.9, is_sure=True, is_small_talk=True)
    return Reading("product.care", 0.8, is_sure="洗" in text, is_small_talk=False)


def feel(text: str) -> str:
    return "upset" if "生气" in text else "pleased" if "谢谢" in text else "calm"


def asked(texts: tuple[str, ...], first: int, **more: object) -> list[Question]:
    return [
        Question(first + place, f"c_{first + place}", 1, 1_000 * (first + place), text, **more)  # type: ignore[arg-type]
        for place, text in enumerate(texts)
    ]


def topics(questions: list[Question], anchors: list[Anchor] | None = None) -> list[Topic]:
    return gather(questions, anchors or [], read, feel)


def test_questions_in_other_words_come_together_and_others_stay_apart() -> None:
    texts = [*WASHING, *POLES, "🙂", ""]
    found = cluster(texts)
    assert {frozenset(texts[at] for at in one.members) for one in found} == {frozenset(WASHING), frozenset(POLES)}
    assert found == cluster(texts)


def test_the_order_in_which_buyers_ask_changes_no_topic() -> None:
    texts = [*WASHING, *POLES]
    together = {frozenset(texts[at] for at in one.members) for one in cluster(texts)}
    for turn in range(5):
        shuffled = Random(turn).sample(texts, len(texts))
        assert {frozenset(shuffled[at] for at in one.members) for one in cluster(shuffled)} == together


def test_what_nobody_answered_is_shown_before_what_was_late_and_a_greeting_never() -> None:
    questions = [
        *asked(WASHING, 1, waited=400_000, is_late=True),
        *asked(POLES, 11, is_unanswered=True),
        *asked(HELLO, 21, is_unanswered=True),
    ]
    first, second = topics(questions)
    assert (first.unanswered, first.waited, first.best, first.unsure) == (3, None, None, True)
    assert (second.late, second.waited, second.longest, second.unsure) == (4, 400_000, 400_000, False)


def test_a_question_answered_soon_with_a_script_is_no_topic_until_it_is_written_by_hand_again_and_again() -> None:
    served = asked(WASHING, 1, waited=20_000, answer="可以手洗")
    assert topics(served) == []
    assert topics([replace(served[0], by_hand=True), *served[1:]]) == []
    (found,) = topics([replace(one, by_hand=True) for one in served])
    assert found.by_hand == 4


def test_one_impatient_buyer_who_asks_four_times_is_no_topic() -> None:
    assert topics([replace(one, conversation="c_1") for one in asked(WASHING, 1, is_unanswered=True)]) == []


def test_the_answer_that_went_down_best_is_put_forward() -> None:
    late = asked(WASHING, 1, waited=400_000, is_late=True, answer="不清楚")
    questions = [
        replace(late[0], reply="你们真让人生气"),
        replace(late[1], answer="帐篷不能机洗，会伤涂层，手洗阴干就好", reply="谢谢"),
        replace(late[2], reply=WASHING[0]),
        late[3],
    ]
    (found,) = topics(questions)
    assert found.reaction == "pleased"
    assert found.best is not None
    assert found.best.answer.startswith("帐篷不能机洗")


def test_what_was_put_aside_is_known_again_by_its_words_and_comes_back_only_when_it_grows() -> None:
    later = asked(WASHING, 100, is_unanswered=True)
    (found,) = topics(later, [Anchor("qd_poles", POLES[0]), Anchor("qd_1", "帐篷能不能机洗")])
    assert found.decision == "qd_1"
    assert len(found.questions) == 4
    assert not is_back(found, 4)
    assert not is_back(found, 2)
    assert is_back(found, 1)
