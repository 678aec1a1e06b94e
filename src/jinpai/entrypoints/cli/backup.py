"""`jinpai backup`: everything in one file, while people go on working."""

import json
import time
from dataclasses import asdict
from pathlib import Path

from jinpai.bootstrap import check_key
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.flows.backup.keeping import make_backup
from jinpai.kit.clock import SystemClock
from jinpai.kit.database import check_reachable, open_database
from jinpai.kit.errors import BadInput
from jinpai.kit.migrate import is_current
from jinpai.kit.sealing import encode_key, load_master_key, make_sealer
from jinpai.kit.settings import read_settings


def run(args: list[str]) -> int:
    """Write the backup and tell what is in it."""
    parser = Arguments(prog="jinpai backup", description=__doc__)
    parser.add_argument("file", type=Path, help="备份写到哪个文件；不会覆盖已有的文件")
    parser.add_argument("--with-key", action="store_true", help="把密钥也放进备份；这样的备份要像密钥一样保管")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    settings, started = read_settings(), time.monotonic()
    master = load_master_key(settings.home, settings.secret)
    sealer = make_sealer(master)
    database = open_database(settings.database)
    try:
        check_reachable(database)
        with database.read() as connection:
            if not is_current(connection):
                raise BadInput("数据库还没有准备好，请先运行 jinpai init")
        check_key(database, sealer)
        key = encode_key(master) if options.with_key else None
        report = make_backup(database, sealer, SystemClock(), settings.home, options.file.absolute(), key)
    finally:
        database.close()
    size, seconds = options.file.stat().st_size, round(time.monotonic() - started, 1)
    if options.json:
        told = {"file": str(options.file), "bytes": size, "seconds": seconds, **asdict(report)}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(f"备份好了：{options.file}（{size / 1e6:,.1f} MB，{report.rows:,} 行，{report.files} 张图片，{seconds} 秒）")
    if not report.with_key:
        print("备份里没有密钥，恢复时要用到它：请把 secret.key（或 JINPAI_SECRET）另外收好，不要和备份放在一起")
    return 0
