"""JSON Schemas of content files, so that an editor can complete and underline while one types."""

from typing import Any

from jinpai.packs.model import ID_PATTERN, Section


def section_schema(section: Section[Any]) -> dict[str, Any]:
    """The schema of a section's files: a list of entries, or of entries taken away (`removed: true`)."""
    entry = section.shape.model_json_schema()
    definitions = entry.pop("$defs", {})
    removed = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": ID_PATTERN},
            "removed": {"const": True},
            "note": {"type": "string"},
        },
        "required": ["id", "removed"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": section.name,
        "type": "array",
        "items": {"anyOf": [entry, removed]},
        "$defs": definitions,
    }
