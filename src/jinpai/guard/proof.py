"""Every rule proves itself: its lines are run against the compiled guard, its rewrite must pass it."""

from jinpai.guard.content import AnyRule, Line
from jinpai.guard.engine import Guard
from jinpai.guard.model import RANK, Said, Situation, verdict_of


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
    return Situation(before, {str(name): values for name, values in line.facts.items()})


def _text(line: str | Line) -> str:
    return line if isinstance(line, str) else line.text


def _hit(guard: Guard, rule: AnyRule, line: str | Line) -> bool:
    situation = Situation() if isinstance(line, str) else situation_of(line)
    return any(hit.rule == rule.id for hit in guard.check(_text(line), situation))
