"""The table of readings is the one its writer makes, and knows both readings of what shops say every day."""

from bench.pinyin_table import build

from jinpai.kit.pinyin import TABLE, readings


def test_the_table_is_the_one_that_is_built() -> None:
    assert TABLE.read_text("utf-8") == build()


def test_common_characters_have_all_the_readings_people_type() -> None:
    for character, expected in {
        "行": "xing hang",
        "重": "zhong chong",
        "还": "hai huan",
        "绿": "lv lu",
        "发": "fa",
    }.items():
        assert readings(character) == tuple(expected.split())
    assert readings("，") == readings("A") == ()
