"""Who edits content in a form reads words, never names of code: every field and choice has one in both languages."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from tests.support.words import find, read_words

from jinpai.flows.content.sections import SECTIONS
from jinpai.packs.files import content_root
from jinpai.packs.model import Section
from jinpai.packs.schema import section_schema
from jinpai.playbook.scenes import FAMILIES, FAMILY_TITLES

FORMS = [section for section in SECTIONS if not section.seed]
UNSEEN = {"id"}
"""Asked for above the form, in words of its own."""

CALLED = {
    "promise": "promises",
    "task": "tasks",
    "alert": "radar",
    "reason": "reminders",
    **dict.fromkeys(("care", "segment", "fact", "need", "type"), "customers"),
}
"""Sorts of built-in content that have English names, and the folder each is in."""

KINDLESS = {"tasks", "radar"}
"""Folders whose entries are all of one sort."""


def asked(section: Section[Any]) -> Iterator[tuple[str, str | None]]:
    """Each field of the section's forms (with None) and each choice of such a field."""
    schema = section_schema(section)
    seen: set[str] = set()

    def walk(part: Mapping[str, Any], field: str) -> Iterator[tuple[str, str | None]]:
        reference = part.get("$ref", "")
        if reference and f"{field} {reference}" not in seen:
            seen.add(f"{field} {reference}")
            yield from walk(schema["$defs"][reference.rsplit("/", 1)[-1]], field)
        if field:
            yield from ((field, str(one)) for one in part.get("enum", ()))
        for kind in part.get("discriminator", {}).get("mapping", ()):
            yield "kind", kind
        for name, inside in part.get("properties", {}).items():
            if name not in UNSEEN and "const" not in inside:
                yield name, None
                yield from walk(inside, name)
        for inside in (*part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("prefixItems", ())):
            yield from walk(inside, field)
        more = (part.get(name) for name in ("items", "additionalProperties", "propertyNames"))
        for inside in (*more, *part.get("patternProperties", {}).values()):
            if isinstance(inside, dict):
                yield from walk(inside, field)

    yield from walk(schema["items"]["anyOf"][0], "")


def keys(section: str, field: str, choice: str | None) -> tuple[str, ...]:
    """Where the form looks for the word, first to last; as `naming.ts` does."""
    if choice is None:
        return f"fieldOf.{section}.{field}", f"field.{field}"
    return f"choiceOf.{section}.{field}.{choice}", f"choice.{field}.{choice}", f"choice.all.{choice}"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("section", FORMS, ids=lambda section: section.name)
def test_every_field_of_a_content_form_has_words(section: Section[Any], language: str) -> None:
    there = read_words(language)
    needed = dict.fromkeys(asked(section))
    assert needed, "the form has no field at all"
    bare = [
        f"{field}={choice}" if choice else field
        for field, choice in needed
        if not any(find(there, key) for key in keys(section.name, field, choice))
    ]
    assert bare == []


def test_a_field_without_words_would_be_noticed() -> None:
    there = read_words("zh")
    assert find(there, "field.no_such_field") is None
    assert ("mood", "upset") in set(asked(next(one for one in FORMS if one.name == "moods")))


@pytest.mark.parametrize("sort", CALLED)
def test_what_built_in_content_is_called_in_english_is_still_its_name(sort: str) -> None:
    folder = content_root() / "base" / CALLED[sort]
    entries = [entry for path in sorted(folder.glob("*.yaml")) for entry in yaml.safe_load(path.read_text())]
    told = {entry["title"] for entry in entries if CALLED[sort] in KINDLESS or entry["kind"] == sort}
    named = set(read_words("zh")["called"][sort].values())
    assert told, f"nothing of the sort {sort} in the base pack"
    assert named == told
    assert not any(re.search(r"[一-鿿]", word) for word in read_words("en")["called"][sort].values())


def test_the_folders_of_scripts_have_english_names() -> None:
    assert read_words("zh")["called"]["folder"] == FAMILY_TITLES
    assert set(read_words("en")["called"]["folder"]) == set(FAMILY_TITLES)
    assert read_words("zh")["choice"]["scene"] == FAMILIES


def test_the_rhythm_of_reminders_has_english_names() -> None:
    path = content_root() / "base" / "reminders"
    entries = [entry for file in path.glob("*.yaml") for entry in yaml.safe_load(file.read_text())]
    rows = [row["title"] for entry in entries if entry["kind"] == "plan" for row in entry["rows"]]
    assert list(read_words("zh")["called"]["rhythm"].values()) == rows
    assert len(read_words("en")["called"]["rhythm"]) == len(rows)
