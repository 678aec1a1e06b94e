"""What is learned from labelled addresses labels others like them."""

from pathlib import Path

import pytest

from jinpai.copilot.evaluating.address_features import address_features
from jinpai.copilot.evaluating.addresses import chunks, learn_addresses, measure_addresses, read_addresses
from jinpai.kit.errors import BadInput

CITIES, ROADS = ("杭州市", "宁波市", "温州市", "金华市"), ("文三路", "解放路", "中山路", "人民路")


def written(cities: tuple[str, ...], roads: tuple[str, ...]) -> str:
    lines = []
    for city in cities:
        for road in roads:
            for part, name in ((city, "city"), (road, "road")):
                lines += [f"{letter} {'B' if at == 0 else 'I'}-{name}" for at, letter in enumerate(part)]
            lines.append("")
    return "\n".join(lines)


def test_parts_never_seen_together_are_told_apart() -> None:
    train = read_addresses(Path("train"), written(CITIES, ROADS))
    test = read_addresses(Path("test"), written(("绍兴市", "台州市"), ("学院路", "新华路")))
    measured = measure_addresses(train, test)
    assert measured["chunk_f1"] == 100
    assert 0 <= measured["baseline_chunk_f1"] < 100


def test_the_same_examples_label_alike() -> None:
    examples = read_addresses(Path("train"), written(CITIES, ROADS))
    features = address_features("衢州市学院路")
    assert learn_addresses(examples).tag(features) == learn_addresses(examples).tag(features)


def test_one_token_and_none() -> None:
    tagger = learn_addresses([[("杭", "B-city")], [("路", "B-road")]] * 2)
    assert tagger.tag(address_features("杭")) == ["B-city"]
    assert tagger.tag([]) == []


def test_parts_are_counted_whole() -> None:
    assert chunks(["B-city", "I-city", "B-road", "O", "I-road"]) == {(0, 2, "city"), (2, 3, "road"), (4, 5, "road")}


@pytest.mark.parametrize("text", ["", "\n\n", "杭\n", "杭 city\n", " B-city\n"])
def test_a_file_in_another_form_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(BadInput, match="标签"):
        read_addresses(Path("file"), text)
