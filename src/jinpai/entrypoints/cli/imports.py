"""`jinpai import`: takes in what sellers export from their back office."""

import gc
import json
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from jinpai.bootstrap import build_house, close_house
from jinpai.desk.store import shop as shop_table
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.flows.importing.jobs import Change, Job, Kind
from jinpai.flows.importing.kinds import KINDS
from jinpai.flows.importing.running import lay_out, run_upload
from jinpai.flows.ports import House
from jinpai.importing.columns import check_complete, choose_by_header
from jinpai.importing.memory import remember_mapping, remember_names
from jinpai.importing.model import Tally
from jinpai.importing.tables import MAX_BYTES
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import read_settings

AUTHOR = "system:import"
SHOWN = 20
"""How many rejected lines are shown to people."""


def run(args: list[str]) -> int:
    """Import a file; 0 when every line was taken, 1 when some were rejected."""
    parser = Arguments(prog="jinpai import", description="导入卖家后台导出的文件")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="内容", parser_class=Arguments)
    for name, kind in KINDS.items():
        kinds.add_parser(name, help=f"{kind.form.name}：{kind.files}，编码自动识别")
        _add_options(kinds.choices[name], kind)
    kinds.add_parser("upload", help="完成一次在页面上开始的导入（页面会自己调用）")
    kinds.choices["upload"].add_argument("id", metavar="编号", help="导入的编号")
    options = parser.parse_args(args)
    gc.disable()  # The rows live to the end; looking through them for garbage again and again takes long.
    if options.kind == "upload":
        return 1 if _run_upload(options.id).rejected else 0
    tally = _import(KINDS[options.kind], options)
    print(json.dumps(as_json(tally), ensure_ascii=False) if options.json else _words(tally, trial=options.dry_run))
    return 1 if tally.rejected else 0


def _add_options(parser: Any, kind: Kind) -> None:
    fields = "、".join(f"{field}（{name}）" for field, (name, _) in kind.form.fields.items())
    parser.epilog = f"项目：{fields}"
    parser.add_argument("file", type=Path, metavar="文件", help="导出的文件；同一个文件可以反复导入，不会重复")
    parser.add_argument("--shop", metavar="店铺", help="店铺编号；只有一家店铺时可以不写")
    parser.add_argument(
        "--map",
        "--mapping",
        dest="mapping",
        action="append",
        default=[],
        metavar="列名=项目",
        help="更正某一列是什么，可以写多次；“列名=”表示不导入这一列。会记住，下次不用再写",
    )
    if kind.people is not None:
        parser.add_argument(
            "--ours",
            action="append",
            default=[],
            metavar="名字",
            help="记录里哪个名字是店铺这边的，可以写多次；会记住。“店铺:小林”这样带冒号的子账号自动认得",
        )
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def as_json(tally: Tally) -> Mapping[str, Any]:
    """The result for programs."""
    return {
        "rows": tally.rows,
        "created": tally.created,
        "updated": tally.updated,
        "unchanged": tally.unchanged,
        "rejected": [{"line": one.line, "reason": one.reason} for one in tally.rejected],
    }


def _import(kind: Kind, options: Any) -> Tally:
    wishes, ours = _wishes(options.mapping), list(getattr(options, "ours", ()))
    content = _content(options.file)
    with _house() as house:
        shop = _shop(house, options.shop)
        job = lay_out(house, kind, shop, AUTHOR, content)
        job = replace(job, layout=choose_by_header(job.layout, wishes), ours=sorted({*job.ours, *ours}))
        check_complete(job.layout)
        _tell_layout(house, kind, job)
        if options.dry_run:
            _tell_changes(kind.find_changes(house, job))
            return kind.foresee(house, job)
        house.writer.start()
        if wishes:
            house.writer.run(remember_mapping(shop, job.layout))
        if ours:
            house.writer.run(remember_names(shop, kind.form.kind, ours))
        return kind.run(house, job, _tell_progress)


def _run_upload(id_: str) -> Tally:
    with _house() as house:
        house.writer.start()
        return run_upload(house, id_)


@contextmanager
def _house() -> Iterator[House]:
    house = build_house(read_settings())
    try:
        yield house
    finally:
        close_house(house)


def _content(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} 不是文件，请写导出的文件的路径")
        if found.st_size > MAX_BYTES:
            raise BadInput(f"文件超过 {MAX_BYTES >> 20} MB，请按月份分开导出，一个一个导入")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"没有文件 {path}，请检查路径和文件名") from None
    except OSError:
        raise BadInput(f"读不到文件 {path}，请检查权限，或者文件是不是正被别的程序占着") from None


def _wishes(given: Sequence[str]) -> Mapping[str, str]:
    wishes = {}
    for wish in given:
        header, equals, field = wish.rpartition("=")
        if not equals or not header.strip():
            raise BadInput(f"--map 要写成 列名=项目，例如 --map 单号=number，收到的是 {wish}")
        wishes[header.strip()] = field.strip()
    return wishes


def _shop(house: House, given: str | None) -> str:
    with house.database.read() as connection:
        shops = connection.execute(sa.select(shop_table.c.id).order_by(shop_table.c.id)).scalars().all()
    if given is None and len(shops) == 1:
        return str(shops[0])
    if given is None or given not in shops:
        names = "、".join(shops) or "还没有店铺，先运行 jinpai init"
        raise BadInput(f"{f'没有店铺“{given}”' if given else '请用 --shop 指明店铺'}；可以选：{names}")
    return given


def _tell_layout(house: House, kind: Kind, job: Job) -> None:
    table, layout = job.table, job.layout
    taken = [f"{one.header} → {kind.form.name_of(one.field)}" for one in layout.columns if one.field is not None]
    left = [one.header for one in layout.columns if one.field is None and one.header]
    _tell(f"{table.kind}，{len(table.rows) - layout.start} 行。列的对应：{'，'.join(taken)}")
    if left:
        _tell(f"没有导入的列：{'、'.join(left)}（需要的话用 --map 列名=项目 指定）")
    people = kind.find_people(house, job)
    if people:
        ours = "、".join(one.name for one in people if one.ours) or "（没有，请用 --ours 名字 指定）"
        _tell(f"店铺这边说话的：{ours}；其余 {sum(not one.ours for one in people)} 人是买家")
    for note in table.notes:
        _tell(note)


def _tell_changes(changes: Sequence[Change]) -> None:
    for one in changes[:SHOWN]:
        _tell(f"第 {one.line} 行：{one.name}（{one.code}）{one.before} → {one.after}（{one.after - one.before:+}）")
    if len(changes) > SHOWN:
        _tell(f"还有 {len(changes) - SHOWN} 处不一样")


def _tell_progress(tally: Tally) -> None:
    _tell(f"已处理 {tally.done} / {tally.rows} 行")


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def _words(tally: Tally, *, trial: bool) -> str:
    lines = [f"第 {one.line} 行：{one.reason}" for one in tally.rejected[:SHOWN]]
    if len(tally.rejected) > SHOWN:
        lines.append(f"还有 {len(tally.rejected) - SHOWN} 行没有导入，见 --json 的 rejected")
    lines.append(
        f"{'试算' if trial else '完成'}：共 {tally.rows} 行，新增 {tally.created}，更新 {tally.updated}，"
        f"没有变化 {tally.unchanged}，没有导入 {len(tally.rejected)}"
    )
    return "\n".join(lines)
