"""Every line of the foreign dialogues becomes a message or is counted with the reason why not."""

import orjson
from bench.jddc import parse

ROWS = [
    "s1\tu1\t0\t0\t0\tnan\t在吗",
    "s2\tu2\t1\t0\t0\tnan\t您好",
    "s1\tu1\t1\t0\t1\tnan\t在的\u2028请讲",
    "s1\tu1\t1\t0\t1\tnan\t ",
    "s1\tu1\t2\t0\t1\tnan\t谁说的",
    "s1\tu1\t少了几列",
]


def test_lines_are_messages_or_skipped_with_a_reason() -> None:
    found = parse("\n".join(ROWS) + "\n")
    assert found.lines == len(ROWS) == found.messages + found.skipped.total()
    assert found.skipped == {"empty text": 1, "sender neither 0 nor 1": 1, "not 7 fields": 1}
    first, second = (orjson.loads(row) for row in found.as_jsonl().splitlines())
    assert first["id"] == "s1"
    assert [message["from"] for message in first["messages"]] == ["buyer", "agent"]
    assert first["messages"][1]["text"] == "在的\u2028请讲"
    assert second == {"id": "s2", "messages": [{"from": "agent", "text": "您好"}]}
