"""What is written beside a conversation: notes, whispers, tags, the rating; each is one transaction of the writer."""

from collections.abc import Callable, Sequence

from jinpai.desk.handing import entry_of, get_state
from jinpai.desk.model import NOTE, OFFERED, RATED, TAGGED, WHISPER, Author
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict

MAX_TAGS = 12
MAX_TAG = 20
"""The longest tag, in code points."""


def add_note(conversation_id: str, by: Author, client_id: str, text: str) -> Callable[[Tx], Receipt]:
    """Leave an internal note; the same client id twice leaves one."""
    return _remark(NOTE, conversation_id, by, client_id, text)


def whisper(conversation_id: str, by: Author, client_id: str, text: str) -> Callable[[Tx], Receipt]:
    """Give the agent a hint that no buyer sees; the same client id twice gives one."""
    return _remark(WHISPER, conversation_id, by, client_id, text)


def offer(conversation_id: str, by: Author, client_id: str, text: str) -> Callable[[Tx], Receipt]:
    """Lay a reply before the agent that no buyer sees; the same client id twice lays one."""
    return _remark(OFFERED, conversation_id, by, client_id, text, why="proposed")


def set_tags(conversation_id: str, by: Author, tags: Sequence[str]) -> Callable[[Tx], Receipt]:
    """Make these the conversation's tags; BadInput when they are too many or too long."""
    wanted = tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))
    if len(wanted) > MAX_TAGS:
        raise BadInput(f"最多 {MAX_TAGS} 个标签，请去掉一些")
    if any(len(tag) > MAX_TAG for tag in wanted):
        raise BadInput(f"标签太长，每个不超过 {MAX_TAG} 个字")

    def act(tx: Tx) -> Receipt:
        state = get_state(tx, conversation_id)
        return tx.append(entry_of(state, TAGGED, by, {"tags": list(wanted)}))

    return act


def rate(conversation_id: str, buyer: Author, stars: int, words: str) -> Callable[[Tx], Receipt]:
    """Keep the buyer's rating, 1–5 stars; Conflict unless a reception has just ended."""
    if not 1 <= stars <= 5:
        raise BadInput("请选 1 到 5 颗星")

    def act(tx: Tx) -> Receipt:
        state = get_state(tx, conversation_id)
        if state.status != "closed" or state.agent is None:
            raise Conflict("服务结束以后才能评价，谢谢您")
        return tx.append(entry_of(state, RATED, buyer, {"stars": stars}, words))

    return act


def _remark(
    kind: str, conversation_id: str, by: Author, client_id: str, text: str, **data: str
) -> Callable[[Tx], Receipt]:
    def act(tx: Tx) -> Receipt:
        state = get_state(tx, conversation_id)
        body = {"text": text, "name": by.name}
        return tx.append(
            Entry(kind, by.key(), state.shop, conversation=state.id, client_id=client_id, data=data, body=body)
        )

    return act
