"""What changed between two packs: entry by entry, field by field."""

from dataclasses import dataclass
from typing import Any, Literal

from jinpai.packs.model import ContentSource, Pack


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry before and after, as plain JSON values; None where it is not written."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that is not the same; `removed: true` shows as the field `removed`."""

    section: str
    id: str
    kind: Literal["added", "changed", "removed"]
    fields: tuple[FieldChange, ...]


def diff(before: Pack, after: Pack) -> list[Change]:
    """Every entry that was added, changed or removed on the way from one pack to the other."""
    changes: list[Change] = []
    for section in {**before.sources, **after.sources}:
        old, new = before.sources.get(section, {}), after.sources.get(section, {})
        for id in {**old, **new}:
            fields = _fields(old.get(id), new.get(id))
            if id not in old:
                changes.append(Change(section, id, "added", fields))
            elif id not in new:
                changes.append(Change(section, id, "removed", fields))
            elif fields:
                changes.append(Change(section, id, "changed", fields))
    return changes


def _fields(before: ContentSource | None, after: ContentSource | None) -> tuple[FieldChange, ...]:
    old, new = _written(before), _written(after)
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if name != "id" and old.get(name) != new.get(name)
    )


def _written(source: ContentSource | None) -> dict[str, Any]:
    if source is None:
        return {}
    if source.entry is None:
        return {"removed": True}
    return source.entry.model_dump(mode="json", exclude_unset=True)
