"""Product exports into the shop's own content: laid over what is published, and published as one version.

An import is one version of the shop's content: seen, compared and taken back like any other, in force in every process
at once. A file that would break something else of the content (a promotion's example, say) changes nothing.
"""

from collections.abc import Mapping
from typing import Any, Final

from jinpai.catalog.importing.form import PRODUCTS as FORM
from jinpai.catalog.importing.merging import Entry, Merged, merge_goods
from jinpai.catalog.importing.reading import read_goods
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.content.overlays import publish_overlay
from jinpai.flows.content.sections import PRODUCTS, load_own_files, load_shop_pack
from jinpai.flows.importing.jobs import Job, Kind
from jinpai.flows.ports import House
from jinpai.importing.model import Tally
from jinpai.importing.running import Progress
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.actions import propose_version
from jinpai.packs.editing import set_entry, write_entries
from jinpai.packs.store import Version, find_current, find_version

FILE = "products/imported-{:03}.yaml"
PER_FILE = 400
"""How many products a file gets: about half of what a content file may hold."""


def _merge(house: House, job: Job) -> tuple[Version | None, Merged]:
    """The version in force, and what the file makes of its products; BadInput when the content cannot be read."""
    plan = read_goods(job.table, job.layout)
    with house.database.read() as connection:
        current = find_current(connection, job.shop)
    loaded = load_shop_pack(job.shop, _files(current))
    if loaded.problems:
        first = loaded.problems[0]
        raise BadInput(f"店铺现在的内容有问题，请先在内容页改好：{first.file} 第 {first.line} 行，{first.message}")
    return current, merge_goods(loaded.pack.entries(PRODUCTS), plan)


def _foresee(house: House, job: Job) -> Tally:
    current, merged = _merge(house, job)
    if merged.entries:
        _check(job.shop, write_products(_files(current), merged.entries))
    return merged.tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    current, merged = _merge(house, job)
    tally = merged.tally
    progress(Tally(tally.rows, rejected=list(tally.rejected)))
    if merged.entries:
        files = write_products(_files(current), merged.entries)
        note = f"导入商品：新增 {tally.created} 行，更新 {tally.updated} 行"
        _publish(house, job, current, files, note)
    progress(tally)
    return tally


def write_products(files: Mapping[str, str], entries: Mapping[str, Entry]) -> dict[str, str]:
    """The shop's own files with these products: each where it is written already, new ones in files of the import."""
    own = load_own_files(files).pack.sources.get(PRODUCTS.name, {})
    imported: dict[str, Mapping[str, Any]] = {}
    changed = {path: text for path, text in files.items() if not _is_imported(path)}
    for id_, source in own.items():
        if _is_imported(source.file):
            kept = {"removed": True} if source.entry is None else _plain(source.entry)
            imported[id_] = {"id": id_, **kept}
    for id_, entry in entries.items():
        if id_ in own and id_ not in imported:
            changed = set_entry(changed, PRODUCTS.folder, id_, entry)
        else:
            imported[id_] = entry
    rows = list(imported.values())
    for at in range(0, len(rows), PER_FILE):
        changed[FILE.format(at // PER_FILE + 1)] = write_entries(rows[at : at + PER_FILE])
    return changed


def _publish(house: House, job: Job, before: Version | None, files: Mapping[str, str], note: str) -> None:
    """Put the files in force, unless somebody published meanwhile: then Conflict, and nothing has changed."""
    summary = house.writer.run(propose_version(job.shop, job.author, note, files, check_shop_files))
    with house.database.read() as connection:
        version = find_version(connection, job.shop, summary.id)
    assert version is not None
    publish = publish_overlay(version, job.author)
    known = None if before is None else before.summary.id

    def act(tx: Tx) -> None:
        current = find_current(tx.connection, job.shop)
        if (None if current is None else current.summary.id) != known:
            raise Conflict("导入的时候有人发布了新的内容，为了不盖掉它，这次没有导入；请再导入一次")
        publish(tx)

    house.writer.run(act)


def _check(shop: str, files: Mapping[str, str]) -> None:
    problems = check_shop_files(shop, files)
    if problems:
        first = problems[0]
        raise BadInput(f"这样导入会和店铺的其他内容冲突，请先改好：{first.file} 第 {first.line} 行，{first.message}")


def _files(current: Version | None) -> Mapping[str, str]:
    return {} if current is None else current.files


def _is_imported(path: str) -> bool:
    return path.startswith("products/imported-")


def _plain(entry: Any) -> Entry:
    plain: Entry = entry.model_dump(mode="json", exclude_unset=True)
    return plain


PRODUCT_FILES: Final = Kind(FORM, "content.publish", _foresee, _run)
