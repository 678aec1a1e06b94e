"""A person says what a buyer really meant; the copilot learns from it when it next learns."""

from jinpai.copilot.actions import Misheard, correct, exemplify
from jinpai.copilot.store import Correction
from jinpai.desk.model import MESSAGE_IN, Author, Conversation
from jinpai.flows.learning.lessons import tells_person, with_corrections
from jinpai.flows.ports import House
from jinpai.journal.reader import NEWEST, read_before
from jinpai.kit.errors import BadInput
from jinpai.packs.actions import TOPIC as CONTENT_TOPIC

LOOK_BACK = 40
"""Among so many of the newest rows of the log the buyer's words are looked for."""


def put_right(house: House, state: Conversation, by: Author, words: str, heard: str, meant: str) -> Correction:
    """Note that these words of the buyer meant another intent; BadInput for words or intents that are not there."""
    intents = {intent.id for intent in house.content.shop(state.shop).lessons.intents}
    if meant not in intents:
        raise BadInput("没有这种意图，请从列表里选一个")
    if heard == meant:
        raise BadInput("这就是现在理解的意图，不用更正")
    seq = _place(house, state, words)
    misheard = Misheard(seq, words, heard if heard in intents else "", meant)
    return house.writer.run(correct(state, by, misheard))


def put_example(house: House, shop: str, by: Author, text: str, meant: str) -> Correction:
    """Note that this text is an example of that intent, of whichever it was one before; learning begins.

    BadInput for an intent that is not there, a text that tells nothing, or one with numbers of a person in it.
    """
    lessons = house.content.shop(shop).lessons
    text = " ".join(text.split())
    heard = dict(lessons.examples()).get(text, "")
    if meant not in {intent.id for intent in lessons.intents}:
        raise BadInput("没有这种意图，请从列表里选一个")
    if heard == meant:
        raise BadInput("它已经是这个意图的例句了")
    if not any(letter.isalnum() for letter in text):
        raise BadInput("例句里要有字，请写一句买家会打的话")
    if not heard and tells_person(text):
        raise BadInput("例句里有电话、订单号这样的号码，只属于一位买家，请去掉再加")
    made = house.writer.run(exemplify(shop, by, text, heard, meant))
    learn_anew(house, shop)
    return made


def learn_anew(house: House, shop: str) -> int:
    """Every process takes in what was put right and begins to learn; until that is done it goes by what it knew.

    Returns how many corrections there are to learn from.
    """
    with house.database.read() as connection:
        lessons = with_corrections(connection, shop, house.content.shop(shop).lessons)
    house.understandings.prepare(shop, lessons)
    house.writer.run(lambda tx: tx.tell(CONTENT_TOPIC, {"shop": shop}))
    return len(lessons.corrections)


def _place(house: House, state: Conversation, words: str) -> int:
    """The number of the newest message of the buyer that these words come from."""
    with house.database.read() as connection:
        rows = read_before(connection, state.id, NEWEST, LOOK_BACK)
    told = [(row.seq, str(row.entry.body.get("text", ""))) for row in rows if row.entry.kind == MESSAGE_IN]
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    for seq, text in reversed(told):
        if lines and lines[-1] in text:
            if all(any(line in said for _, said in told) for line in lines):
                return seq
            break
    raise BadInput("这些话不在买家最近的消息里，请刷新后再更正")
