"""Every file of the code that the documentation names is where it says: who reads about it finds it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
CODE = REPOSITORY / "src" / "jinpai"
ROOTS = (REPOSITORY, CODE, CODE / "entrypoints", REPOSITORY / "web" / "src")
"""What paths in the documentation may begin at."""
ROOMS = {one.name for root in (CODE, CODE / "entrypoints") for one in root.iterdir() if (one / "__init__.py").exists()}
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
_NAMED = re.compile(r"`([a-z_]+(?:/[\w.-]+)+)/?`")
_SOURCE = (".py", ".ts", ".vue", ".ini")


def named(document: Path) -> Iterator[str]:
    """Paths of the code that a document names: source files, and modules or folders of a room (`flows/send.clear`)."""
    for path in _NAMED.findall(document.read_text("utf-8")):
        is_module = path.split("/")[0] in ROOMS and Path(path).suffix not in (".yaml", ".md", ".json")
        if path.endswith(_SOURCE) or is_module:
            yield path


def is_there(path: str) -> bool:
    """Whether it is a file, a folder, a module, or something in a module."""
    module = f"{path.rsplit('.', 1)[0]}.py"
    return any((root / one).exists() for root in ROOTS for one in (path, f"{path}.py", module))


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(one.relative_to(REPOSITORY)) for one in DOCUMENTS])
def test_what_a_document_names_is_there(document: Path) -> None:
    assert [path for path in named(document) if not is_there(path)] == []


def test_the_documentation_does_name_code() -> None:
    assert sum(1 for document in DOCUMENTS for _ in named(document)) > 50
