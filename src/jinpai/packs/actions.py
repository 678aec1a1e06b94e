"""What can be done with a shop's content: propose a version, publish it.

Both check the files against everything below them first, in the caller's thread (reading and compiling takes long),
and give the writer only what is sound. What is refused writes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.packs import store
from jinpai.packs.files import MAX_BYTES
from jinpai.packs.model import Problem
from jinpai.packs.store import Summary, Version

CONTENT_PUBLISHED = "content_published"
TOPIC = "content"
MAX_VERSION_BYTES = 4 * MAX_BYTES
MAX_NOTE = 500

Check = Callable[[str, Mapping[str, str]], Sequence[Problem]]
"""Everything wrong with a shop's own files, laid over the packs on the disk: called with the shop and the files."""


def digest_of(files: Mapping[str, str]) -> str:
    """SHA-256 of the files, as hex; the order of the paths does not matter."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def propose_version(shop: str, author: str, note: str, files: Mapping[str, str], check: Check) -> Action[Summary]:
    """Store the shop's own files as a new version, not yet published; the same files twice in a row are one version.

    Raises BadInput with all problems (`details["problems"]`) before anything is handed to the writer.
    """
    _check_size(note, files)
    _check_sound(shop, files, check, "没有保存")
    digest = digest_of(files)

    def action(tx: Tx) -> Summary:
        newest = store.list_versions(tx.connection, shop, limit=1)
        if newest and newest[0].digest == digest:
            return newest[0]
        return store.insert_version(tx.connection, shop, tx.now, author, note.strip(), digest, files)

    return action


def publish_version(version: Version, author: str, check: Check) -> Action[int]:
    """Make this version (or an earlier one: a roll-back) the shop's current one, and tell every process.

    It is checked again, because the packs below it may have changed since it was proposed: BadInput with all problems.
    """
    shop, id = version.summary.shop, version.summary.id
    _check_sound(shop, version.files, check, "没有发布")

    def action(tx: Tx) -> int:
        before = store.set_current(tx.connection, shop, id)
        if before != id:
            data = {"version": id, "before": before, "digest": version.summary.digest}
            tx.append(Entry(kind=CONTENT_PUBLISHED, author=author, shop=shop, data=data))
        tx.tell(TOPIC, {"shop": shop, "version": id})
        return id

    return action


def _check_size(note: str, files: Mapping[str, str]) -> None:
    if len(note) > MAX_NOTE:
        raise BadInput(f"版本说明最多 {MAX_NOTE} 个字，请写短一点")
    size = sum(len(path) + len(text) for path, text in files.items())
    if size > MAX_VERSION_BYTES:
        raise BadInput(f"内容合计超过 {MAX_VERSION_BYTES >> 20} MB，请拆分或精简后再提交")


def _check_sound(shop: str, files: Mapping[str, str], check: Check, outcome: str) -> None:
    problems = check(shop, files)
    if problems:
        first = problems[0]
        message = f"内容有 {len(problems)} 处问题，{outcome}。第一处：{first.file} 第 {first.line} 行，{first.message}"
        raise BadInput(message, problems=[problem.as_dict() for problem in problems])
