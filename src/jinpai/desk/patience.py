"""A buyer asked to wait: which words ask, and what is made ready when the time is over."""

from jinpai.desk.content import ServiceRules


def asks_to_wait(text: str, rules: ServiceRules) -> bool:
    """Whether these words ask the buyer to wait."""
    tight = "".join(text.split())
    return any(words in tight for words in rules.asks_wait)
