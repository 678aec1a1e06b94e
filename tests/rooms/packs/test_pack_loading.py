"""A lead edits content files and makes every mistake one can make; each is told with file, line and the fix."""

import time
from pathlib import Path

import pytest
from shelf import CARDS, SECTIONS, read_cards, read_pack, told, write_pack

import jinpai
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.files import MAX_BYTES, MAX_FILES, content_root, read_folder, write_folder
from jinpai.packs.loader import load_files, load_folder

GOOD = "- id: welcome\n  title: 您好\n- id: farewell\n  title: 再见\n  tags: [告别, 微笑]\n"


def test_a_sound_pack_is_read_in_the_order_of_its_files(tmp_path: Path) -> None:
    write_pack(tmp_path, {"cards/b.yaml": "- id: last\n  title: 尾\n", "cards/a.yaml": GOOD, "README.md": "# 说明"})
    loaded = read_pack(tmp_path)
    assert told(loaded) == []
    assert [card.id for card in loaded.pack.entries(CARDS)] == ["welcome", "farewell", "last"]
    source = loaded.pack.sources["cards"]["farewell"]
    assert (source.file, source.line) == ("base/cards/a.yaml", 3)


def test_a_misspelt_field_is_told_with_the_likely_one() -> None:
    assert told(read_cards("- id: a\n  title: 您好\n  tagss: [x]\n")) == [
        ("cards/a.yaml", 3, "“a”：tagss：没有这个字段，是不是想写“tags”？")
    ]


def test_a_strange_field_is_told_to_be_removed() -> None:
    assert (
        told(read_cards("- id: a\n  title: 您好\n  zzz: 1\n"))[0][2] == "“a”：zzz：这里没有这个字段，请删掉或检查缩进"
    )


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("title: 12", 2, "title：应是文字；纯数字、true、false 请加引号"),
        ("title: ''", 2, "title：不能为空，请写上内容"),
        ("tone: loud\n  title: t", 2, "tone：只能是这些之一：warm、formal"),
        ("title: t\n  tags: 问候", 3, "tags：应是列表，每项一行，以“- ”开头"),
        ("title: t\n  shown: 是", 3, "shown：只能写 true 或 false"),
        ("title: t\n  until: 9点", 3, "until：应是 24 小时制的时间，例如 08:30"),
        ("title: t\n  prices:\n    - amount: 12", 4, "prices 第 1 项 amount：应是文字；纯数字、true、false 请加引号"),
        (
            "title: t\n  prices:\n    - amount: ￥12",
            4,
            "prices 第 1 项 amount：应是金额，例如 129.00，不带货币符号，最多两位小数",
        ),
        ("title: t\n  prices:\n    - from: 0\n      amount: '1'", 4, "prices 第 1 项 from：不能小于 1"),
        ("title: t\n  prices:\n    - from: 2", 4, "prices 第 1 项 amount：缺少这个字段，请补上"),
        ("tone: warm", 1, "title：缺少这个字段，请补上"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(lines: str, line: int, message: str) -> None:
    assert told(read_cards(f"- id: a\n  {lines}\n")) == [("cards/a.yaml", line, f"“a”：{message}")]


def test_an_id_used_in_another_file_is_told_with_both_places() -> None:
    files = {"cards/a.yaml": "- id: x\n  title: 一\n", "cards/b.yaml": "\n- id: x\n  title: 二\n"}
    assert told(load_files(files, SECTIONS)) == [("cards/b.yaml", 2, "id“x”已经用在 cards/a.yaml 第 1 行，请换一个")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- title: 没有编号\n", 1, "缺少 id"),
        ("- id: 12\n  title: t\n", 1, "加引号"),
        ("- id: 你好\n  title: t\n", 1, "小写字母"),
        ("- id: A\n  title: t\n", 1, "小写字母"),
        ("- 您好\n", 1, "字段: 内容"),
        ("title: 您好\n", 1, "最外层应是列表"),
        ("", 1, "空"),
        ("# 只有说明\n", 1, "空"),
        ("- id: a\n  title: x\n  title: y\n", 3, "写了两次"),
        ("- id: a\n\ttitle: x\n", 2, "Tab"),
        ("- &x id\n- *x\n", 1, "锚点"),
    ],
)
def test_a_file_that_is_no_list_of_entries_is_refused(text: str, line: int, words: str) -> None:
    problems = told(read_cards(text))
    assert len(problems) == 1
    assert problems[0][:2] == ("cards/a.yaml", line)
    assert words in problems[0][2]


def test_one_bad_entry_does_not_hide_the_next() -> None:
    problems = told(read_cards("- id: a\n- id: b\n  title: 好\n- id: c\n  tone: x\n  title: 好\n"))
    assert [(line, message.partition("：")[0]) for _, line, message in problems] == [(1, "“a”"), (5, "“c”")]


def test_folders_and_files_that_belong_nowhere_are_told(tmp_path: Path) -> None:
    write_pack(
        tmp_path,
        {
            "cards/a.yaml": GOOD,
            "card/b.yaml": GOOD,
            "cards/old.yml": GOOD,
            "cards/deep/c.yaml": GOOD,
            "notes.txt": "x",
            ".git/config": "x",
            "cards/.a.yaml.swp": "x",
        },
    )
    files = [file for file, _, _ in told(read_pack(tmp_path))]
    assert files == ["base/card/b.yaml", "base/cards/deep/c.yaml", "base/cards/old.yml", "base/notes.txt"]
    assert "是不是想写“cards”？" in told(read_pack(tmp_path))[0][2]


def test_a_pack_without_its_name_is_told(tmp_path: Path) -> None:
    write_pack(tmp_path, {"cards/a.yaml": GOOD}, info=None)
    assert told(read_pack(tmp_path)) == [("base/pack.yaml", 0, "缺少 pack.yaml，请写上 name、title 和 kind")]


def test_a_pack_of_an_unknown_kind_is_told(tmp_path: Path) -> None:
    write_pack(tmp_path, {}, info="name: x\ntitle: 包\nkind: team\n")
    assert told(read_pack(tmp_path)) == [("base/pack.yaml", 3, "kind：只能是这些之一：base、shop")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(load_folder(tmp_path / "nope", SECTIONS, "nope")) == [("nope", 0, "没有这个文件夹，请检查路径")]


@pytest.mark.parametrize(
    ("raw", "at", "words"),
    [
        (GOOD.encode("gbk"), 2, "看起来是 GBK"),
        (GOOD.encode("utf-16"), 1, "看起来是 UTF-16"),
        (b"\x89PNG\r\n\x1a\n\xff\xff", 1, "不是文字文件"),
    ],
    ids=["gbk", "utf-16", "picture"],
)
def test_a_file_saved_in_another_encoding_is_told(tmp_path: Path, raw: bytes, at: int, words: str) -> None:
    write_pack(tmp_path, {"cards/a.yaml": raw})
    ((file, line, message),) = told(read_pack(tmp_path))
    assert (file, line) == ("base/cards/a.yaml", at)
    assert words in message
    assert "UTF-8" in message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    write_pack(tmp_path, {"cards/a.yaml": b"\xef\xbb\xbf" + GOOD.encode()})
    assert told(read_pack(tmp_path)) == []


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    write_pack(tmp_path, {"cards/a.yaml": b"#" * (MAX_BYTES + 1)})
    assert told(read_pack(tmp_path)) == [("base/cards/a.yaml", 0, "文件超过 1 MB，请拆成几个小文件")]
    assert "超过" in told(load_files({"cards/a.yaml": "#" * (MAX_BYTES + 1)}, SECTIONS))[0][2]


def test_more_files_than_a_pack_may_have_are_refused() -> None:
    files = {f"cards/f{number}.yaml": f"- id: f{number}\n  title: 好\n" for number in range(MAX_FILES + 1)}
    assert "最多" in told(load_files(files, SECTIONS))[0][2]


def test_links_that_lead_out_of_the_pack_are_not_followed(tmp_path: Path) -> None:
    outside = write_pack(tmp_path / "outside", {"cards/secret.yaml": GOOD})
    pack = write_pack(tmp_path / "pack", {"cards/a.yaml": GOOD})
    (pack / "cards" / "link.yaml").symlink_to(outside / "cards" / "secret.yaml")
    (pack / "seeds").symlink_to(outside / "cards", target_is_directory=True)
    (pack / "cards" / "again.yaml").symlink_to("a.yaml")
    loaded = read_pack(pack)
    problems = told(loaded)
    assert [file for file, _, message in problems if "指向包外" in message] == ["base/cards/link.yaml", "base/seeds"]
    assert {file for file, _, message in problems if "已经用在" in message} == {"base/cards/again.yaml"}
    assert not loaded.pack.sources["seeds"]


def test_a_pipe_among_the_files_does_not_hang_the_check(tmp_path: Path) -> None:
    import os

    write_pack(tmp_path, {"cards/a.yaml": GOOD})
    os.mkfifo(tmp_path / "cards" / "pipe.yaml")
    assert told(read_pack(tmp_path)) == [("base/cards/pipe.yaml", 0, "这不是普通文件，请移走")]


def test_paths_from_outside_that_climb_are_refused_as_unknown_folders() -> None:
    for path in ("../cards/a.yaml", "/etc/passwd", "cards/../x.yaml", "cards\\a.yaml", "cards/", ""):
        problems = told(load_files({path: GOOD}, SECTIONS))
        assert len(problems) == 1, path


def test_exported_files_read_back_the_same_and_overwrite_nothing(tmp_path: Path) -> None:
    files = {"cards/a.yaml": GOOD, "seeds/s.yaml": "- id: s\n  name: 种子\n"}
    write_folder(files, tmp_path / "out")
    assert read_folder(tmp_path / "out", "out") == (files, [])
    with pytest.raises(Conflict, match="已经有内容"):
        write_folder({"cards/a.yaml": "x"}, tmp_path / "out")
    assert (tmp_path / "out/cards/a.yaml").read_text() == GOOD
    with pytest.raises(BadInput):
        write_folder({"cards/b.yaml": "x", "../escaped.yaml": "x"}, tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_five_hundred_files_are_read_quickly() -> None:
    entry = "- id: f{0}.{1}\n  title: 您好，欢迎光临，想看帐篷还是背包呢\n  tone: warm\n  tags: [问候, 首次, 微笑]\n"
    files = {f"cards/f{n}.yaml": "".join(entry.format(n, m) for m in range(10)) for n in range(500)}
    best = 9.0
    for _ in range(3):
        started = time.process_time()
        loaded = load_files(files, SECTIONS)
        best = min(best, time.process_time() - started)
    assert len(loaded.pack.entries(CARDS)) == 5_000
    assert best < 1.0


def test_an_installed_package_brings_its_content_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (content_root() / "base" / "pack.yaml").is_file()
    code = tmp_path / "site-packages" / "jinpai"
    (code / "_packs").mkdir(parents=True)
    monkeypatch.setattr(jinpai, "__file__", str(code / "__init__.py"))
    assert content_root() == code / "_packs"
