"""The base of every request body: unknown fields refused, no type guessed, no text a database cannot hold."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Body(BaseModel):
    """A strict request body; derive from it and give every text a `max_length`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def check_text(cls, value: Any) -> Any:
        """Refuse NUL anywhere: PostgreSQL cannot store it."""
        if _has_nul(value):
            raise ValueError("文字里有空字符（U+0000），请去掉")
        return value


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return False
