"""The one place where a draft is cleared; whatever goes wrong in here refuses it."""

import logging

from jinpai.desk.model import Draft
from jinpai.guard.engine import Guard
from jinpai.guard.model import Cleared, Hit, NeedsApproval, Refused, Situation, verdict_of

_log = logging.getLogger(__name__)

UNAVAILABLE = "话术检查暂时不可用，为了稳妥，消息没有发出，请稍后重试；一直这样请联系管理员"


def judge(draft: Draft, guard: Guard, situation: Situation) -> Cleared | NeedsApproval | Refused:
    """The guard's answer to a draft: block refuses, confirm and warn wait for somebody, hint and nothing pass.

    Nobody can confirm an automatic message, so anything above a hint refuses it. An error refuses, never passes.
    """
    try:
        return _answer(draft, guard.check(draft.text, situation))
    except Exception:
        _log.exception("the guard failed, the draft is refused")
        return Refused(draft, (), UNAVAILABLE)


def _answer(draft: Draft, hits: tuple[Hit, ...]) -> Cleared | NeedsApproval | Refused:
    verdict = verdict_of(hits)
    if verdict == "block":
        return Refused(draft, hits, f"消息没有发出：{_reason(hits, 'block')}")
    if verdict in ("confirm", "warn") and draft.author.role != "agent":
        return Refused(draft, hits, f"自动消息没有发出：{_reason(hits, verdict)}")
    if verdict == "confirm" and not (draft.may_approve and draft.confirmed):
        return NeedsApproval(draft, "confirm", hits)
    if verdict == "warn" and not draft.confirmed:
        return NeedsApproval(draft, "warn", hits)
    return Cleared(draft, hits)


def _reason(hits: tuple[Hit, ...], severity: str) -> str:
    """Why the worst hits are wrong, each reason once."""
    return "；".join(dict.fromkeys(hit.why.rstrip("。；") for hit in hits if hit.severity == severity))
