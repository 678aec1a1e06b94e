"""`jinpai content`: check content files, try a sentence against the rules, write JSON Schemas for editors.

Imports neither the web server nor the database, so that it answers at once.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

from jinpai.copilot.model import Lessons
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.cli.hits import print_hits
from jinpai.flows.content.checks import check_pack
from jinpai.flows.content.sections import BASE, RULES, SCRIPTS, SECTIONS, SHOP_FOLDER
from jinpai.flows.guarding.alone import load_guard
from jinpai.guard.content import Lexicon, unwrap
from jinpai.guard.model import verdict_of
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import Settings
from jinpai.packs.files import INFO_FILE, content_root
from jinpai.packs.loader import load_folder
from jinpai.packs.model import Pack, Problem
from jinpai.packs.overlay import needless_removals, overlay
from jinpai.packs.schema import section_schema
from jinpai.playbook.checks import thin_scenes
from jinpai.playbook.scenes import SCENES


def run(args: list[str]) -> int:
    """Run `content check`, `content try` or `content schema`; 0 ok, 1 found problems; BadInput for bad input."""
    parser = Arguments(prog="jinpai content", description="检查、试用内容包，导出编辑器用的结构说明")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=Arguments)
    check = commands.add_parser("check", help="检查全部内容，或一个内容包")
    check.add_argument("path", nargs="?", type=Path, metavar="路径", help="内容文件夹或其中一个包，默认是自带的内容")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    try_ = commands.add_parser("try", help="看一句话会碰到哪些规则")
    try_.add_argument("text", metavar="话", help="要试的一句话")
    try_.add_argument("--shop", default="", metavar="店铺", help="按哪家店铺的规则，默认只按基础包")
    try_.add_argument("--json", action="store_true", help="以 JSON 输出")
    schema = commands.add_parser("schema", help="输出每种内容的 JSON Schema")
    schema.add_argument("--out", type=Path, metavar="文件夹", help="写成文件，每种内容一个")
    build = commands.add_parser("build", help="学会内容里的买家意图；服务需要时也会自己学")
    build.add_argument("--shop", default="", metavar="店铺", help="哪家店铺的内容，默认只用基础包")
    options = parser.parse_args(args)
    if options.command == "build":
        return _build(options.shop)
    if options.command == "check":
        return _check(options.path, as_json=options.json)
    if options.command == "try":
        return _try(options.text, options.shop, as_json=options.json)
    return _schema(options.out)


def _check(path: Path | None, *, as_json: bool) -> int:
    problems, packs = check_packs(content_root() if path is None else path)
    counts = count(packs)
    if as_json:
        errors = [problem.as_dict() for problem in problems]
        print(json.dumps({"errors": errors, **counts}, ensure_ascii=False))
        return 1 if problems else 0
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {problem.message}")
    _report(packs, counts)
    print(f"发现 {len(problems)} 处问题，请按上面的提示修改。" if problems else "全部通过。")
    return 1 if problems else 0


def check_packs(path: Path) -> tuple[list[Problem], list[Pack]]:
    """Everything wrong in a content folder (with `base` and `shops`) or in one pack, and the packs as read.

    A shop's pack is checked over the base pack beside it, or over the one that comes with the program.
    """
    if not path.is_dir():
        raise BadInput(f"没有文件夹 {path}，请检查路径")
    if (path / INFO_FILE).exists() or not (path / BASE).is_dir():
        return _check_one(path)
    problems, base = _read(path / BASE)
    problems = problems or check_pack(base)
    packs = [base]
    shops = path / SHOP_FOLDER
    for folder in sorted(shops.iterdir()) if shops.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith("."):
            found, pack = _check_shop(folder, base)
            problems += [problem for problem in found if problem not in problems]
            packs.append(pack)
    return problems, packs


def _check_one(folder: Path) -> tuple[list[Problem], list[Pack]]:
    problems, pack = _read(folder)
    if pack.info is not None and pack.info.kind == "shop":
        beside = folder.resolve().parent.parent / BASE
        below = _read(beside if (beside / INFO_FILE).is_file() else content_root() / BASE)
        found, pack = _check_shop(folder, below[1])
        return [*below[0], *found], [pack]
    return problems or check_pack(pack), [pack]


def _check_shop(folder: Path, base: Pack) -> tuple[list[Problem], Pack]:
    problems, pack = _read(folder)
    if problems:
        return problems, pack
    return [*needless_removals(base, pack), *check_pack(overlay(base, pack), folder.resolve().name)], pack


def _read(folder: Path) -> tuple[list[Problem], Pack]:
    shown = os.path.relpath(folder)
    loaded = load_folder(folder, SECTIONS, str(folder) if shown.startswith("..") else shown)
    return list(loaded.problems), loaded.pack


def count(packs: list[Pack]) -> dict[str, int]:
    """How many packs there are and how many entries of each kind they hold together; word lists count apart."""
    counts = {section.name: sum(len(pack.entries(section)) for pack in packs) for section in SECTIONS}
    lists = sum(isinstance(unwrap(entry), Lexicon) for pack in packs for entry in pack.entries(RULES))
    return {"packs": len(packs), **counts, "rules": counts["rules"] - lists, "lexicons": lists}


def _report(packs: list[Pack], counts: dict[str, int]) -> None:
    print("，".join(f"{name} {number}" for name, number in counts.items()))
    thin = thin_scenes([script for pack in packs for script in pack.entries(SCRIPTS)])
    if thin:
        names = "、".join(f"{SCENES[scene]} {number}" for scene, number in thin.items())
        print(f"还不够六条、两种语气的场景：{names}")


def _try(text: str, shop: str, *, as_json: bool) -> int:
    hits = load_guard(shop).check(text)
    verdict = verdict_of(hits)
    if as_json:
        found = [{name: getattr(hit, name) for name in hit.__slots__} for hit in hits]
        print(json.dumps({"verdict": verdict, "hits": found}, ensure_ascii=False))
    else:
        print_hits(hits)
    return 0 if verdict == "pass" else 1


def _build(shop: str) -> int:
    """Learn the intents and keep what was learned beside the shop's data, as the server does when it needs them."""
    from jinpai.adapters.embedding import meanings_of
    from jinpai.flows.content.shop import load_shop_content
    from jinpai.flows.learning.attitudes import attitudes_now
    from jinpai.flows.learning.understanding import understand_now
    from jinpai.kit.settings import read_settings

    settings, started, content = read_settings(), time.monotonic(), load_shop_content(shop)
    lessons = _taught(content.lessons, shop, settings)
    understand_now(lessons, settings.home, meanings_of(settings.embed))
    attitudes_now(content.attitudes, settings.home)
    examples, right = len(lessons.examples()), len(lessons.corrections)
    more = f"，其中 {right} 句是客服更正的" if right else ""
    print(f"学会了 {len(lessons.intents)} 种意图（{examples} 句例子{more}，{time.monotonic() - started:.1f} 秒）")
    return 0


def _taught(lessons: Lessons, shop: str, settings: Settings) -> Lessons:
    """The lessons with what this shop's people put right, where there is a database that knows."""
    from jinpai.flows.learning.lessons import with_corrections
    from jinpai.kit.database import check_reachable, open_database
    from jinpai.kit.migrate import is_current

    if not shop or (settings.is_sqlite and not Path(settings.database.removeprefix("sqlite:///")).exists()):
        return lessons
    database = open_database(settings.database)
    check_reachable(database)
    try:
        with database.read() as connection:
            return with_corrections(connection, shop, lessons) if is_current(connection) else lessons
    finally:
        database.close()


def _schema(out: Path | None) -> int:
    schemas: dict[str, Any] = {section.folder: section_schema(section) for section in SECTIONS}
    if out is None:
        print(json.dumps(schemas, ensure_ascii=False, indent=1))
        return 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        for folder, schema in schemas.items():
            (out / f"{folder}.schema.json").write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise BadInput(f"写不进 {out}（{error.strerror}），请换一个文件夹") from None
    return 0
