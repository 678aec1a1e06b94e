"""What the guard found in one text, for people to read."""

from collections.abc import Sequence

from jinpai.guard.model import Hit


def print_hits(hits: Sequence[Hit]) -> None:
    """Each hit with its place, its reason and a better wording; a word of relief when there is none."""
    for hit in hits:
        print(f"{hit.severity}  {hit.rule}  第 {hit.start + 1}–{hit.end} 字“{hit.text}”\n  {hit.why}")
        if hit.rewrite:
            print(f"  可以这样说：{hit.rewrite}")
    if not hits:
        print("没有碰到规则，可以发送。")
