"""The base pack's guard, compiled once, and small ways to ask it."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinpai.guard.compiling import compile_rules
from jinpai.guard.content import AnyRule, GuardEntry
from jinpai.guard.engine import Guard
from jinpai.guard.model import Hit, Said, Situation, verdict_of
from jinpai.packs.yaml import Document

FOLDER = Path(__file__).parents[3] / "content" / "base" / "guard"


@cache
def base_entries() -> tuple[GuardEntry, ...]:
    """Every entry of content/base/guard."""
    files = sorted(FOLDER.glob("*.yaml"))
    return tuple(GuardEntry.model_validate(data) for file in files for data in Document(file.read_text("utf-8")).data)


@cache
def base_guard() -> Guard:
    """The guard as shipped."""
    return compile_rules(base_entries())


def rule(guard: Guard, id: str) -> AnyRule:
    """The rule with this id."""
    return next(rule for rule in guard.rules if rule.id == id)


def verdict(text: str, *before: tuple[str, str], **facts: list[str]) -> str:
    """The shipped guard's verdict on a message after these (role, text), with these facts of the shop."""
    return verdict_of(hits(text, *before, **facts))


def hits(text: str, *before: tuple[str, str], **facts: list[str]) -> tuple[Hit, ...]:
    """The shipped guard's hits."""
    said = tuple(Said(role, words) for role, words in before)  # type: ignore[arg-type]
    return base_guard().check(text, Situation(said, facts))


def entry(**changes: Any) -> GuardEntry:
    """A small words rule as a file would hold it, with changes."""
    data = {
        "id": "test.rule",
        "kind": "words",
        "family": "leak",
        "severity": "block",
        "find": ["暗号"],
        "why": "不能说暗号",
        "must_block": ["暗号是天王盖地虎", "对个暗号"],
        "must_pass": ["您好", "好的"],
        "owner": "客服主管",
        "source": "测试",
    }
    return GuardEntry.model_validate({key: value for key, value in (data | changes).items() if value is not None})


def guard_of(*entries: GuardEntry, **options: Any) -> Guard:
    """A guard of these entries."""
    return compile_rules(entries, **options)


def rules_hit(found: Iterable[Hit]) -> set[str]:
    """The ids of the rules among the hits."""
    return {hit.rule for hit in found}
