"""Every rule proves itself: its lines are run against the compiled guard, its rewrite must pass it."""

from datetime import UTC, datetime, timedelta

from jinpai.guard.content import AnyRule, TalkRule
from jinpai.guard.context import Context
from jinpai.guard.engine import Guard
from jinpai.guard.lines import Line
from jinpai.guard.model import RANK, Said, Situation, verdict_of
from jinpai.guard.talks import Spoken, line_of


def unproved(guard: Guard, rule: AnyRule) -> tuple[str, ...]:
    """What a rule's own lines and rewrite disprove, each as a sentence for its author; empty when all is well."""
    missed = [line for line in rule.must_block if not _hit(guard, rule, line)]
    wronged = [line for line in rule.must_pass if _hit(guard, rule, line)]
    problems = [f"must_block 里的“{_text(line)}”没有被这条规则查到" for line in missed]
    problems += [f"must_pass 里的“{_text(line)}”被这条规则误伤了" for line in wronged]
    hits = guard.check(rule.rewrite) if rule.rewrite else ()
    if RANK[verdict_of(hits)] > RANK["hint"]:
        problems.append(f"rewrite 自己没有通过检查（{hits[0].rule}：“{hits[0].text}”），请换个说法")
    return tuple(problems)


def situation_of(line: Line) -> Situation:
    """The circumstances a proof line describes."""
    before = tuple(
        Said("buyer", turn.buyer) if turn.buyer is not None else Said("agent", turn.agent or "") for turn in line.before
    )
    return Situation(before, {str(name): values for name, values in line.facts.items()}, line.context)


def _text(line: str | Line) -> str:
    return line if isinstance(line, str) else line.text


def _hit(guard: Guard, rule: AnyRule, line: str | Line) -> bool:
    if isinstance(rule, TalkRule):
        return any(hit.rule == rule.id for _, hit in guard.overlook(_talk(line), _context(line)))
    situation = Situation() if isinstance(line, str) else situation_of(line)
    found = guard.bait(_text(line), situation) if rule.trap else guard.check(_text(line), situation)
    return any(hit.rule == rule.id for hit in found)


def _context(line: str | Line) -> Context:
    return Context() if isinstance(line, str) else line.context


def _talk(line: str | Line) -> list[Spoken]:
    """The conversation a proof line describes, which began at some fixed moment."""
    if isinstance(line, str):
        return [line_of("agent", line, None)]
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    lines: list[Spoken] = []
    for turn in line.before:
        role = "agent" if turn.buyer is None else "buyer"
        lines.append(line_of(role, turn.buyer or turn.agent or "", at))
        at += timedelta(seconds=turn.seconds)
    return [*lines, line_of(line.by, line.text, at)]
