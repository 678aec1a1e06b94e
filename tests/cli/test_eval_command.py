"""`jinpai eval`: measured on labelled files, with clear words where a file is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.rooms.copilot.test_learning import examples

from jinpai.entrypoints.cli.main import run


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    texts, given, _ = examples()
    rows = [{"sentence": text, "label": label, "id": 1} for text, label in zip(texts, given, strict=True)]
    path = tmp_path / "labelled.json"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return path


def measured(capsys: pytest.CaptureFixture[str], train: Path, test: Path) -> dict[str, Any]:
    assert run(["eval", "intent", "--train", str(train), str(train), "--test", str(test), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_engine_is_measured_in_per_cent(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = measured(capsys, labelled, labelled)
    assert set(told) == {"macro_f1", "accuracy", "train_seconds", "messages_per_second"}
    assert told["accuracy"] > 97
    assert told["macro_f1"] > 97


def test_one_list_with_numbers_for_labels_is_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"sentence": "发货", "label": 1}, {"sentence": "尺码", "label": 2}]))
    assert measured(capsys, path, path)["accuracy"] == 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有数据"),
        ("[]", "没有数据"),
        ('{"sentence": "发货", "label": "1"}\n{"sentence": ', "第 2 行"),
        ('{"sentence": "发货", "label": "1"}\n{"sentence": 3, "label": "1"}', "第 2 行"),
        ('{"sentence": "发货"}', "标签 label"),
        ("[1, 2]", "第 1 条"),
        ("[" * 100_000, "不是有效的 JSON"),
        ('{"sentence": "发货", "label": "1"}', "只有一种标签"),
    ],
)
def test_a_file_that_cannot_be_learned_from_is_named(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    assert run(["eval", "intent", "--train", str(path), "--test", str(path), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "intent", "--train", str(tmp_path / "no"), "--test", str(tmp_path / "no")]) == 2
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert run(["eval", "intent", "--train", str(tmp_path / "binary"), "--test", str(tmp_path / "binary")]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_satisfaction_is_learned_from_talks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "talks.txt"
    happy, angry = (
        "['发货了吗|||今天发', '好的谢谢|||']\t[54, 0]\t2",
        "['怎么还没发|||', '太差了我要投诉|||']\t[54, 1]\t0",
    )
    path.write_text("\n".join([happy, angry] * 5))
    assert run(["eval", "satisfaction", "--train", str(path), "--test", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 100


@pytest.mark.parametrize(
    "line", ["发货了吗\t1", "[1]\t[2]\t0", "['a|||b']\t[1, 2]\t0", "[]\t[]\t0", "__import__('os')\t[1]\t0", "[" * 9_999]
)
def test_a_line_that_is_no_talk_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(f"['好|||']\t[1]\t2\n{line}\n")
    assert run(["eval", "satisfaction", "--train", str(path), "--test", str(path)]) == 2
    assert "第 2 行" in capsys.readouterr().err


def test_questions_that_ask_the_same_are_told_from_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    asked = [
        ("怎么退货", "如何退货", 1),
        ("怎么退货", "怎么换货", 0),
        ("几天能到", "多久能到", 1),
        ("几天能到", "能便宜吗", 0),
    ]
    path.write_text(
        "\n".join(f"{one}{number}\t{other}{number}\t{same}" for number in "甲乙丙丁戊" for one, other, same in asked)
    )
    assert run(["eval", "faq", "--test", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["spearman"] > max(told["spearman_unlearned"], told["spearman_tfidf"], 50)
    assert run(["eval", "faq", "--train", str(path), "--test", str(path)]) == 0
    assert "TF-IDF" in capsys.readouterr().out


def test_pleased_reviews_are_told_from_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, lines = tmp_path / "reviews.csv", tmp_path / "reviews.json"
    table.write_text(
        "cat,label,review\n" + "衣服,1,料子很舒服\n衣服,0,掉色还起球\n水果,1,很甜很新鲜\n水果,0,都坏了\n" * 5
    )
    lines.write_text('{"sentence": "舒服新鲜", "label": "Positive"}\n{"sentence": "坏了起球", "label": "Negative"}')
    assert run(["eval", "sentiment", "--train", str(table), "--test", str(lines), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["accuracy"] == 100
    assert {"accuracy_bayes", "accuracy_words"} < set(told)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("faq", "怎么退\t如何退\t1\n怎么退\t1\n", "第 2 行"),
        ("faq", "怎么退,如何退,1\n", "问法相同"),
        ("sentiment", '{"sentence": "好", "label": "Positive"}\n{"sentence": "好"}', "第 2 行"),
        ("sentiment", "cat,label,review\n衣服,3,好\n", "第 2 行"),
        ("sentiment", '{"sentence": "好", "label": "Positive"}', "一种标签"),
    ],
)
def test_pairs_and_reviews_that_are_none_are_named(
    kind: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken"
    path.write_text(text)
    assert run(["eval", kind, "--train", str(path), "--test", str(path), "--json"]) == 2
    assert said in capsys.readouterr().err
