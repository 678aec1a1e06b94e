"""What the setting of the copilot's modes must keep beyond its shape."""

from collections.abc import Iterator, Sequence

from jinpai.copilot.content import Intent
from jinpai.copilot.modes.modes import Modes
from jinpai.playbook.variables import check_variables

VARIABLES = {"店铺": "", "营业时间": "", "买家": ""}
"""What may be put into its texts."""


def check_modes(modes: Modes, intents: Sequence[Intent]) -> Iterator[str]:
    """A sentence for each thing wrong: intents nobody knows, variables nobody can fill."""
    known = {intent.id for intent in intents} | {intent.branch for intent in intents}
    named = [*modes.intents, *(name for rule in modes.handover.values() for name in rule.questions)]
    for name in dict.fromkeys(named):
        if known and name not in known:
            yield f"没有“{name}”这种意图或大类，请照意图的编号改"
    for text in modes.texts():
        problem = check_variables(text, VARIABLES)
        if problem:
            yield f"智能客服的话里{problem}"
