"""A small kind of content, and packs of it written to a temporary folder."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from jinpai.packs.loader import load_files, load_folder
from jinpai.packs.model import ContentEntry, Loaded, Money, Section, Shape, Text, Texts, TimeOfDay

PACK_YAML = "name: base\ntitle: 测试包\nkind: base\n"


class Price(Shape):
    amount: Money
    from_: Annotated[int, Field(ge=1, alias="from")] = 1


class Card(ContentEntry):
    title: Text
    tone: Literal["warm", "formal"] = "warm"
    tags: Texts = ()
    prices: Annotated[tuple[Price, ...], Field(strict=False)] = ()
    until: TimeOfDay | None = None
    shown: bool = True


class Seed(ContentEntry):
    name: Text


CARDS = Section("cards", "cards", Card)
SEEDS = Section("seeds", "seeds", Seed, seed=True)
SECTIONS = (CARDS, SEEDS)


def write_pack(folder: Path, files: dict[str, str | bytes], info: str | None = PACK_YAML) -> Path:
    head: dict[str, str | bytes] = {} if info is None else {"pack.yaml": info}
    for name, text in (head | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read_pack(folder: Path) -> Loaded:
    return load_folder(folder, SECTIONS, "base")


def read_cards(text: str) -> Loaded:
    return load_files({"cards/a.yaml": text}, SECTIONS)


def told(loaded: Loaded) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.message) for problem in loaded.problems]
