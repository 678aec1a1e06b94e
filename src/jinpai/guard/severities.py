"""How severe a shop wants a rule or a family of rules to be: the one thing most shops change about the guard."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel

from jinpai.guard.content import Lexicon, unwrap
from jinpai.guard.model import Severity
from jinpai.packs.model import ContentEntry, Text


class SeverityEntry(ContentEntry):
    """The severity of a rule or of a whole family, whose id this entry carries; `off` switches it off.

    A rule's own entry wins over that of its family.
    """

    severity: Severity | Literal["off"]
    why: Text


def overrides_of(entries: Iterable[SeverityEntry]) -> Mapping[str, Severity | Literal["off"]]:
    """What `compile_rules` takes as `severity_overrides`."""
    return {entry.id: entry.severity for entry in entries}


def unknown_ids(entries: Iterable[SeverityEntry], rules: Iterable[BaseModel]) -> list[tuple[str, str]]:
    """The entries that name neither a rule nor a family, each with what to do."""
    found = [rule for rule in map(unwrap, rules) if not isinstance(rule, Lexicon)]
    known = {rule.id for rule in found} | {str(rule.family) for rule in found}
    return [(entry.id, "没有这条规则，也没有这类规则，请检查 id") for entry in entries if entry.id not in known]
