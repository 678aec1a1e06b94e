"""What was mistaken while learning is kept beside the model; several wishes to learn are met one after the other."""

from pathlib import Path

import pytest

from jinpai.copilot.content import Intent
from jinpai.copilot.hearing import building
from jinpai.copilot.hearing.building import learn_and_keep
from jinpai.copilot.hearing.confusing import KEPT, Mistaken, find_mistaken, keep_mistaken, mistaken_file
from jinpai.copilot.model import Lessons, fingerprint, model_file
from jinpai.flows.learning.understanding import Understandings

TEXTS = (
    "退货怎么退",
    "怎么退货",
    "退货流程",
    "我要退货",
    "退货点哪",
    "退货能退吗",
    "想退货",
    "要退货",
    "退货吧",
    "申请退货",
    "退货呀",
    "退货啊",
)
OTHERS = (
    "到哪了",
    "快递到哪了",
    "物流到哪",
    "包裹到哪了",
    "查下到哪了",
    "现在到哪了",
    "货到哪了",
    "看看到哪了",
    "走到哪了",
    "到哪里了",
    "件到哪了",
    "东西到哪了",
)


def lessons(*more: str) -> Lessons:
    told = {"branch": "talk", "definition": "…", "audience": ("pre_sale",)}
    wrong = "快递现在到哪了呀"
    return Lessons(
        (
            Intent(id="return", title="退货", examples=(*TEXTS, wrong, *more), **told),
            Intent(id="tracking", title="查物流", examples=OTHERS, **told),
        )
    )


def test_an_example_with_the_wrong_intent_is_mistaken_by_the_others(tmp_path: Path) -> None:
    examples = lessons().examples()
    path = model_file(tmp_path, fingerprint(examples))
    learn_and_keep(examples, path)
    found = find_mistaken(path)
    assert found is not None
    assert [(one.text, one.intent, one.guess) for one in found] == [("快递现在到哪了呀", "return", "tracking")]
    assert 0 < found[0].sure <= 1


def test_a_broken_file_is_as_none_and_old_ones_go(tmp_path: Path) -> None:
    one = model_file(tmp_path, "one")
    keep_mistaken([Mistaken("到哪了", "tracking", "return", 0.5)], one)
    mistaken_file(one).write_bytes(b"[[1]]")
    assert find_mistaken(one) is None
    for number in range(KEPT + 2):
        keep_mistaken([], model_file(tmp_path, str(number)))
    assert len(list(tmp_path.glob("mistaken-*"))) == KEPT


class _Process:
    """Learns in this process what another would learn in its own."""

    def __init__(self, target: object, args: tuple[list[tuple[str, str]], Path, None], daemon: bool) -> None:
        self._args = args

    def start(self) -> None:
        building.learn_and_keep(*self._args)

    def join(self, seconds: int) -> None: ...

    def is_alive(self) -> bool:
        return False


class _Context:
    Process = _Process


def test_of_several_wishes_of_a_shop_the_last_is_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[int] = []

    def learn(examples: list[tuple[str, str]], path: Path, meanings: None) -> None:
        if not learned:
            for extra in ("退货一", "退货二", "退货三"):
                known.prepare("demo", lessons(extra))
        learned.append(len(examples))
        learn_and_keep(examples, path, meanings)
        last.append(path.name)

    known, last = Understandings(tmp_path), list[str]()
    monkeypatch.setattr("jinpai.flows.learning.understanding.get_context", lambda kind: _Context)
    monkeypatch.setattr(building, "learn_and_keep", learn)
    monkeypatch.setattr("jinpai.flows.learning.understanding.threading.Thread", _Now)
    known.prepare("demo", lessons())
    wanted = [fingerprint(one.examples()) for one in (lessons(), lessons("退货三"))]
    assert last == [model_file(tmp_path, name).name for name in wanted]
    now = lessons("退货三")
    proof = known.prove("demo", now)
    assert proof is not None
    assert (proof.lessons, proof.is_current) == (now, True)


class _Now:
    """A thread that runs where it is started."""

    def __init__(self, target: object, name: str, daemon: bool) -> None:
        self._target = target

    def start(self) -> None:
        self._target()  # type: ignore[operator]
