"""`jinpai restore`: a backup back into an empty home and database, of the same kind or the other."""

import json
import time
from pathlib import Path

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.flows.backup.archive import KEY, Archive, reading
from jinpai.flows.backup.restoring import check_empty, check_version, restore
from jinpai.kit.errors import BadInput
from jinpai.kit.sealing import KEY_FILE, decode_key, load_master_key, make_sealer
from jinpai.kit.settings import Settings, read_settings


def run(args: list[str]) -> int:
    """Check the backup, then put it in place."""
    parser = Arguments(prog="jinpai restore", description=__doc__)
    parser.add_argument("file", type=Path, help="jinpai backup 做的备份文件")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    settings, started = read_settings(), time.monotonic()
    check_empty(settings)
    with reading(options.file) as archive:
        check_version(archive.manifest)
        archive.check_signature(make_sealer(_master_key(settings, archive)))
        restore(archive, settings)
        told = {name: value for name, value in archive.manifest.items() if name not in ("members", "tables")}
    seconds = round(time.monotonic() - started, 1)
    if options.json:
        print(json.dumps({"home": str(settings.home), "seconds": seconds, **told}, ensure_ascii=False))
    else:
        print(f"恢复好了：{settings.home}（{told['rows']:,} 行，{told['files']} 张图片，{seconds} 秒）")
        print("现在可以运行 jinpai serve")
    return 0


def _master_key(settings: Settings, archive: Archive) -> bytes:
    """The key of this place, else the one in the backup."""
    if settings.secret is not None or (settings.home / KEY_FILE).exists():
        return load_master_key(settings.home, settings.secret)
    if KEY in archive.manifest["members"]:
        return decode_key(archive.read(KEY).decode(errors="replace"))
    raise BadInput(
        f"备份里没有密钥：请把原来的 secret.key 放到 {settings.home / KEY_FILE}，或者设置 JINPAI_SECRET，再恢复一次"
    )
