"""The guard of a shop by itself: what checks single messages needs neither scripts nor intents."""

from pathlib import Path

from jinpai.flows.content.sections import RULES, SEVERITIES, load_section
from jinpai.guard.compiling import RuleError, compile_rules
from jinpai.guard.engine import Guard
from jinpai.guard.severities import overrides_of
from jinpai.kit.errors import BadInput


def load_guard(shop: str = "", root: Path | None = None) -> Guard:
    """The guard of this shop's pack on the disk, or of the base pack alone, whatever the date.

    BadInput when there is no such shop, or naming the first rule that cannot be used.
    """
    severities = load_section(SEVERITIES, shop, root)
    try:
        return compile_rules(load_section(RULES, shop, root), severity_overrides=overrides_of(severities))
    except RuleError as error:
        raise BadInput(f"话术规则{error}，请运行 jinpai content check 查看") from None
