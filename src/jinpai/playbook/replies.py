"""Quick replies: the shop's published scripts, a team's and a person's own, as agents find and insert them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from jinpai.kit.errors import BadInput
from jinpai.playbook.content import Script
from jinpai.playbook.predicates import When
from jinpai.playbook.scene_words import SCENE_WORDS
from jinpai.playbook.scenes import FAMILY_TITLES, SCENES
from jinpai.playbook.variables import check_variables

Owner = Literal["shop", "team", "mine"]
"""Whose a quick reply is: `shop` is published content, `team` every colleague's, `mine` one person's."""

MAX_TITLE, MAX_TEXT, MAX_CODE, MAX_FOLDER = 40, 1_000, 12, 20
"""The longest title, text, code and folder name, in characters."""

UNSORTED = "未分类"
ALWAYS = When()
_CODE = re.compile(rf"[0-9a-z\u4e00-\u9fff]{{0,{MAX_CODE}}}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A reply to be inserted; `folder` is one name or two with a slash between, `code` "" or what finds it at once.

    `words` are other words it is found by; `scene` is a published script's, "" for what people wrote themselves.
    """

    id: str
    owner: Owner
    folder: str
    code: str
    title: str
    text: str
    words: tuple[str, ...] = ()
    when: When = ALWAYS
    changed_at: int = 0
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What people write of a quick reply."""

    folder: str
    code: str
    title: str
    text: str


def published(script: Script) -> QuickReply:
    """A published script as a quick reply: its folder is its scene's."""
    family = script.scene.partition(".")[0]
    folder = f"{FAMILY_TITLES[family]}/{SCENES[script.scene]}"
    words = (*script.tags, *SCENE_WORDS[script.scene])
    return QuickReply(
        script.id, "shop", folder, script.code or "", script.title, script.text, words, script.when, scene=script.scene
    )


def check_wording(written: Wording) -> Wording:
    """What was written, tidied: blanks, full-width codes, empty folder and title; BadInput says what to mend."""
    code = unicodedata.normalize("NFKC", written.code).strip().lower()
    if _CODE.fullmatch(code) is None:
        raise BadInput(f"编号“{_short(code)}”不能用：请用最多 {MAX_CODE} 个字母、数字或汉字，中间不留空格")
    text = _CONTROL.sub("", written.text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise BadInput("内容是空的，请写上要发给买家的话")
    if len(text) > MAX_TEXT:
        raise BadInput(f"内容有 {len(text)} 字，太长了，请缩短到 {MAX_TEXT} 字以内，或拆成两条")
    problem = check_variables(text)
    if problem:
        raise BadInput(problem)
    title = _line(written.title) or _line(text)[:MAX_TITLE]
    if len(title) > MAX_TITLE:
        raise BadInput(f"标题“{_short(title)}”太长，请缩短到 {MAX_TITLE} 字以内")
    return Wording(_folder(written.folder), code, title, text)


def _folder(written: str) -> str:
    names = [_line(name) for name in written.replace("／", "/").replace("\\", "/").split("/")]
    names = [name for name in names if name]
    if len(names) > 2:
        raise BadInput(f"文件夹“{_short(written)}”层数太多，最多两层，例如 物流/发货时间")
    if any(len(name) > MAX_FOLDER for name in names):
        raise BadInput(f"文件夹“{_short(written)}”的名字太长，每层最多 {MAX_FOLDER} 字")
    return "/".join(names) or UNSORTED


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
