"""What is handed to another department: the plain types, and who may move it where.

open ──▶ taken ──▶ done
  │        └─────▶ returned ──▶ open (handed over again)
  └──▶ dropped (nobody needs it any more)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from jinpai.kit.errors import BadInput, Conflict, NotAllowed
from jinpai.tasks.content import Department

State = Literal["open", "taken", "done", "returned", "dropped"]
"""open: nobody has it yet · taken · done · returned: given back to who asked · dropped: not needed any more."""

HANDED: Final = "task_handed"
MOVED: Final = "task_moved"
LATE: Final = "task_late"
REVEALED: Final = "task_revealed"
"""The kinds of their facts in the journal."""

TOPIC: Final = "tasks"
"""The hint that a task was handed over, moved or is late."""

INVOICE: Final = "task.invoice"
"""The sealed column: part of what the encryption binds."""

RUNNING: Final[tuple[State, ...]] = ("open", "taken")
"""While the department has it, and its time runs."""

MAX_WORDS: Final = 500

_FROM: Final[Mapping[State, tuple[State, ...]]] = {
    "taken": ("open", "taken"),
    "done": ("open", "taken"),
    "returned": ("open", "taken"),
    "open": ("returned",),
    "dropped": ("open", "taken", "returned"),
}
_STANDS: Final[Mapping[State, str]] = {
    "open": "还没有人接",
    "taken": "正在办",
    "done": "已经办好了",
    "returned": "已经退回了",
    "dropped": "已经撤回了",
}
_NEEDS_WORDS: Final[Mapping[State, str]] = {
    "done": "请写下办理的结果，客服要转告买家",
    "returned": "请写下为什么退回，客服才知道缺什么",
    "dropped": "请写下为什么不用办了",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One hand-over; times in ms, `amount` (what an invoice is for) in fen.

    `fact` and `answer` are the journal rows with what was asked and what came of it; `offered` is the number of the
    draft for the buyer in the conversation, `late_at` when the alarm rang, `note` why it is due when it is.
    """

    id: str
    shop: str
    kind: str
    title: str
    department: Department
    conversation: str | None
    order_id: str | None
    asked_by: str
    asked_at: int
    due_at: int
    note: str
    owner: str | None
    state: State
    changed_at: int
    ended_at: int | None
    late_at: int | None
    fact: int
    answer: int | None
    offered: int | None
    amount: int | None


def check_move(task: Task, to: State, person: str, words: str, *, leads: bool) -> None:
    """Refuse a move this task does not allow, one without its words, and one that is somebody else's to make."""
    if task.state not in _FROM[to]:
        raise Conflict(f"这件事{_STANDS[task.state]}，请刷新看看最新的进展")
    if not words and to in _NEEDS_WORDS:
        raise BadInput(_NEEDS_WORDS[to])
    if leads:
        return
    if to == "dropped" and task.asked_by != f"agent:{person}":
        raise NotAllowed("只有交办的人或主管能撤回，请联系他们")
    if to in ("taken", "done", "returned") and task.owner not in (None, person):
        raise NotAllowed("这件事有同事在办，请让他来处理，或请主管改派")
