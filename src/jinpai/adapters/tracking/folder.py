"""News of parcels as files in a folder: whatever fetches them from couriers puts them into `tracking/<shop>/`.

What was taken in is moved to `done/`, with a report beside it; a file that is still being written is left alone.
"""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from jinpai.flows.ports import News
from jinpai.importing.tables import MAX_UPLOAD

DONE = "done"
SETTLED_SECONDS = 2
"""A file that did not change for so long is whole."""
ENDINGS = frozenset((".csv", ".tsv", ".txt", ".xls", ".xlsx", ".json", ".jsonl"))


class FolderTracker:
    """Reads the files below this folder, shop by shop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, shop: str) -> Iterable[News]:
        """The whole files that lie there, by name; one that is too large is told by its report alone."""
        folder = self._folder / shop
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            with suppress(OSError):
                found = path.stat()
                if not path.is_file() or path.suffix.lower() not in ENDINGS:
                    continue
                if time.time() - found.st_mtime < SETTLED_SECONDS:
                    continue
                if found.st_size > MAX_UPLOAD:
                    self.settle(News(shop, path.name, b""), f"文件超过 {MAX_UPLOAD >> 20} MB，没有导入，请分开放进来")
                    continue
                yield News(shop, path.name, path.read_bytes())

    def settle(self, news: News, report: str) -> None:
        """Move the file to `done/`, the report beside it; nothing happens when another process has."""
        done = self._folder / news.shop / DONE
        done.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            (self._folder / news.shop / news.name).replace(done / news.name)
            (done / f"{news.name}.report").write_text(f"{report}\n", "utf-8")
