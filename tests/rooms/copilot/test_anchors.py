"""Meanings told as vectors, heard beside wordings."""

from pathlib import Path

import numpy as np
import pytest

from jinpai.copilot.content import Intent
from jinpai.copilot.feelings.moods import Moods
from jinpai.copilot.hearing.building import learn_and_keep, tell_meanings
from jinpai.copilot.hearing.likeness import learn_likeness
from jinpai.copilot.hearing.pairing import cut_pair
from jinpai.copilot.hearing.understanding import Understanding
from jinpai.copilot.model import Meanings, fingerprint, model_file
from jinpai.kit.learning.anchors import Embed
from jinpai.kit.learning.features import Floats
from jinpai.kit.learning.grams import cut_views
from jinpai.kit.learning.keeping import find_kept
from jinpai.kit.learning.ridge import Learned, learn

CONCEPTS = (("发货", "寄", "出库", "揽收"), ("尺码", "多大", "号码", "合身"), ("便宜", "优惠", "少点", "折"))
SAID = {
    "dispatch": ("什么时候发货", "今天能寄出吗", "几点寄呀", "多久能寄", "付款后多久发货", "明天发货不"),
    "size": ("穿多大码", "什么尺码合适", "尺码偏大吗", "该选多大的", "衣服合身吗", "有没有尺码表"),
    "price": ("能便宜点吗", "价格能优惠吗", "打个折呗", "再便宜一点", "两件优惠多少钱", "少点行不"),
}
EXAMPLES = [(text, name) for name, texts in SAID.items() for text in texts]
UNHEARD = "仓库揽收没有"
"""Shares no piece with any example of what it means."""


def embed(texts: list[str] | tuple[str, ...]) -> Floats:
    """A model that knows which words mean the same, and points one way at first as models do."""
    rows = [[3.0, *(float(any(word in text for word in words)) for words in CONCEPTS), 0.1] for text in texts]
    return np.array(rows, np.float32)


def told(size: int = 0) -> Meanings:
    return Meanings(f"test{size}", lambda: embed if not size else lambda texts: np.ones((len(texts), size), np.float32))


def taught(*, meant: bool) -> Learned:
    texts = [text for text, _ in EXAMPLES]
    labels = [name for _, name in EXAMPLES]
    return learn([cut_views(text) for text in texts], labels, trusted=True, meanings=embed(texts) if meant else None)


def test_what_is_said_in_words_never_heard_is_understood_by_its_meaning() -> None:
    classifier = taught(meant=True).classifier
    meaning = embed([UNHEARD])[0]
    assert classifier.classify(cut_views(UNHEARD), meaning) == "dispatch"
    assert classifier.rank(cut_views(UNHEARD), 1, meaning)[0][1] > classifier.rank(cut_views(UNHEARD), 1)[0][1]


def test_where_meanings_cannot_be_told_the_wording_speaks() -> None:
    with_them, without = taught(meant=True).classifier, taught(meant=False).classifier
    for text, name in EXAMPLES:
        assert with_them.classify(cut_views(text)) == without.classify(cut_views(text)) == name


def test_texts_left_out_are_told_apart_better_with_meanings() -> None:
    right = []
    for meant in (False, True):
        learned = taught(meant=meant)
        named = [learned.classifier.names[place] for place in learned.left_out.argmax(1)]
        right.append(sum(one == name for one, (_, name) in zip(named, EXAMPLES, strict=True)))
    assert right[0] < right[1] == len(EXAMPLES)


def test_many_texts_are_learned_in_parts_that_hear_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinpai.kit.learning.ridge.TRUSTED_BLOCK", 7)
    learned = taught(meant=True)
    assert learned.classifier.anchors is not None
    assert learned.classifier.anchors.directions.shape == (len(EXAMPLES), 5)
    assert learned.classifier.classify(cut_views(UNHEARD), embed([UNHEARD])[0]) == "dispatch"


def test_what_was_learned_is_kept_with_its_meanings(tmp_path: Path) -> None:
    path = model_file(tmp_path, fingerprint(EXAMPLES, told()))
    made = learn_and_keep(EXAMPLES, path, told())
    kept = find_kept(path)
    assert made is not None
    assert kept is not None
    meaning = embed([UNHEARD])[0]
    assert kept.probabilities(cut_views(UNHEARD), meaning) == pytest.approx(
        made.probabilities(cut_views(UNHEARD), meaning), abs=0.01
    )


def test_each_model_of_meanings_and_none_learn_into_files_of_their_own() -> None:
    assert len({fingerprint(EXAMPLES), fingerprint(EXAMPLES, told()), fingerprint(EXAMPLES, told(3))}) == 3


def test_only_new_texts_are_told_again(tmp_path: Path) -> None:
    asked: list[str] = []

    def counted(texts: list[str]) -> Floats:
        asked.extend(texts)
        return embed(texts)

    meanings = Meanings("counted", lambda: counted)  # type: ignore[arg-type,return-value]
    first = tell_meanings(["尺码", "发货"], meanings, tmp_path)
    again = tell_meanings(["发货", "优惠", "优惠"], meanings, tmp_path)
    assert asked == ["尺码", "发货", "优惠"]
    assert first is not None
    assert again is not None
    assert again.shape == (3, 5)
    assert again[0] == pytest.approx(first[1], abs=0.001)


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_broken_file_of_meanings_is_told_anew(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "vectors-test0.npz").write_bytes(broken)
    found = tell_meanings(["尺码"], told(), tmp_path)
    assert found is not None
    assert found[0] == pytest.approx(embed(["尺码"])[0], abs=0.001)


def test_nothing_is_kept_where_meanings_cannot_be_told(tmp_path: Path) -> None:
    silent = Meanings("silent", lambda: lambda texts: None)
    assert learn_and_keep(EXAMPLES, model_file(tmp_path, "x"), silent) is None
    assert not list(tmp_path.iterdir())


def understanding(model: Embed | None) -> Understanding:
    intents = [
        Intent.model_validate(
            {
                "id": name,
                "title": name,
                "branch": "sale",
                "definition": "…",
                "audience": ("pre_sale",),
                "examples": texts * 2,
            }
        )
        for name, texts in SAID.items()
    ]
    return Understanding(intents, taught(meant=True).classifier, Moods(()), model)


def test_questions_are_alike_by_what_they_mean() -> None:
    heard = understanding(embed)
    assert heard.alike("什么时候寄", "今天揽收吗") > 0.9 > 0.3 > heard.alike("什么时候寄", "什么时候便宜")
    assert [one.intent.id for one in heard.understand(UNHEARD).meanings] == ["dispatch"]


@pytest.mark.parametrize("model", [None, lambda texts: None, lambda texts: np.ones((len(texts), 9), np.float32)])
def test_a_model_that_is_away_or_was_changed_leaves_the_wording(model: Embed | None) -> None:
    heard = understanding(model)
    assert [one.intent.id for one in heard.understand("什么时候发货").meanings] == ["dispatch"]
    assert heard.alike("什么时候发货", "什么时候发货呀") > 0.8
    assert heard.alike("什么时候寄", "今天揽收吗") < 0.3


def test_pairs_are_cut_with_how_near_their_meanings_are() -> None:
    known = learn_likeness([text for text, _ in EXAMPLES])
    far, near = (cut_pair(known, "几点寄", "多久发货", how)[3] for how in (0.1, 0.9))
    assert len(far) < len(near)
    assert cut_pair(known, "几点寄", "多久发货")[3] == [one for one in near if not one.startswith("meant")]
