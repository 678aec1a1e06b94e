"""Questions that ask the same, brought together, and which of them the shop has no good answer to."""

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median_low

from jinpai.kit.learning.clusters import cluster
from jinpai.knowledge.model import Anchor, Question, Reaction, Reading, Topic

CONVERSATIONS = 2
"""What was asked in fewer talks than this is no topic."""
OFTEN = 3
"""So often written by hand, an answer is worth a script."""

_ORDER: tuple[Reaction, ...] = ("pleased", "went_on", "silent", "asked_again", "upset")

Read = Callable[[str], Reading]
Feel = Callable[[str], str]


def gather(questions: Sequence[Question], anchors: Sequence[Anchor], read: Read, feel: Feel) -> list[Topic]:
    """The topics worth an answer, those that hurt most first.

    `anchors` are the questions decided before, the newest first; `feel` tells the mood of a buyer's words.
    """
    texts = [one.text for one in questions] + [one.text for one in anchors]
    weights = [1.0] * len(questions) + [0.0] * len(anchors)
    topics = []
    for found in cluster(texts, weights):
        asked = [questions[at] for at in found.members if at < len(questions)]
        if len({one.conversation for one in asked}) < CONVERSATIONS:
            continue
        meaning = read(asked[0].text)
        if meaning.is_small_talk:
            continue
        known = min((at - len(questions) for at in found.members if at >= len(questions)), default=None)
        topic = _topic(asked, meaning, feel, "" if known is None else anchors[known].decision)
        if _is_worth_it(topic):
            topics.append(topic)
    return sorted(topics, key=lambda one: (-_weight(one), one.centre.fact))


def _topic(asked: Sequence[Question], meaning: Reading, feel: Feel, decision: str) -> Topic:
    waits = sorted(one.waited for one in asked if one.waited is not None)
    own = {one.text for one in asked}
    answered = [(_reaction(one, own, feel), place) for place, one in enumerate(asked) if one.answer]
    reaction, at = min(answered, key=lambda one: (_ORDER.index(one[0]), one[1]), default=(None, 0))
    products = Counter(one.product for one in asked if one.product)
    return Topic(
        questions=tuple(asked),
        conversations=len({one.conversation for one in asked}),
        late=sum(one.is_late for one in asked),
        unanswered=sum(one.is_unanswered for one in asked),
        by_hand=sum(one.by_hand for one in asked),
        unsure=not meaning.is_sure,
        waited=median_low(waits) if waits else None,
        longest=waits[-1] if waits else None,
        intent=meaning.intent,
        confidence=meaning.confidence,
        best=asked[at] if answered else None,
        reaction=reaction,
        product=products.most_common(1)[0][0] if products else "",
        decision=decision,
    )


def _reaction(one: Question, own: set[str], feel: Feel) -> Reaction:
    """What the buyer did after the answer: their next words, held against the topic's own."""
    if not one.reply:
        return "silent"
    mood = feel(one.reply)
    if mood == "upset":
        return "upset"
    if one.reply in own:
        return "asked_again"
    return "pleased" if mood == "pleased" else "went_on"


def _is_worth_it(topic: Topic) -> bool:
    return bool(topic.late or topic.unanswered or topic.by_hand >= OFTEN or topic.unsure)


def _weight(topic: Topic) -> int:
    unsure = len(topic.questions) if topic.unsure else 0
    return 3 * topic.unanswered + 2 * topic.late + topic.by_hand + unsure
