"""A message cut where a buyer goes on to something else."""

import re

_ENDS = re.compile(r"[。！？!?；;\n\r…]+|(?<!\d)[.](?!\d)")
_COMMAS = re.compile(r"[，,、~～]+|\s{2,}|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_LEAST = 3
MOST = 8
"""How many parts of a message are looked at apart; the rest counts only as part of the whole."""


def split_clauses(text: str) -> list[str]:
    """The sentences of a message and their parts at commas, without what is too short to mean something alone."""
    found = [part.strip() for sentence in _ENDS.split(text) for part in _COMMAS.split(sentence)]
    return [part for part in found if len(part) >= _LEAST][:MOST]
