"""The buyer of a task: says its intents in their order, keeps to itself what it is told to, and knows its pictures."""

import re
from collections.abc import Iterator, Sequence

_NOTE = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
_SECRET = re.compile(r"注意|禁止|不要告诉|不能透露|不得透露|不要透露|图片内容|实际上")
_WITHHELD = re.compile(
    r"(?:禁止|不要|不能|不得)(?:直接)?向客服(?:直接)?(?:透露|告知|说)[“\"]?([^”\"，。（）()]*?)[”\"]?(?:这一?个?)?信息"
)
_THIS = re.compile(r"^(?:这|该|商品|任何|自己|直接)?(?:一|个|些)*$")
_PICTURE = re.compile(
    r"https?://[^\s()\"“”\u3000-\u9fff\uff00-\uffef]+?\.(?:jpe?g|png|gif|webp|bmp|heic)", re.IGNORECASE
)

_RECOMMENDED = re.compile(r"如果客服[^，。]{0,8}(推荐|建议)[^，。]*?(\d{7,})[^，。]*[，。]")


def say(intent: str) -> str:
    """What the buyer says for an intent: all but the notes meant for itself and what it withholds."""
    secrets = withheld(intent)
    said = _NOTE.sub(lambda note: "" if _SECRET.search(note[0]) else note[0], intent)
    for secret in secrets:
        said = said.replace(secret, "")
    return said.strip()


def withheld(intent: str) -> Sequence[str]:
    """The words this intent forbids to tell, where they are named and not only pointed at."""
    named = (found.strip() for found in _WITHHELD.findall(intent))
    return [one for one in named if one and not _THIS.match(one) and intent.count(one) > 1]


def pictures(text: str) -> Sequence[str]:
    """The addresses of the pictures in a text."""
    return _PICTURE.findall(text)


def show(intents: Sequence[str], sent: str) -> str:
    """What the pictures in `sent` show: what the intent that sends them says of them, and what the buyer withholds.

    There is no picture to look at, only what the script knows of it; this stands for a vision model.
    """
    wanted = set(pictures(sent))
    about = [intent for intent in intents if wanted & set(pictures(intent))]
    told = [_PICTURE.sub("", intent) for intent in about]
    kept = [secret for intent in intents for secret in withheld(intent)] if about else []
    return "；".join([*told, *kept])


class ScriptedBuyer:
    """Says one intent after the other, and one that hangs on the agent's recommending something only if it was."""

    def __init__(self, intents: Sequence[str]) -> None:
        self._intents = intents

    def talk(self, replies: Sequence[str]) -> Iterator[str]:
        """What the buyer says; `replies` grows with the agent's answers."""
        for intent in self._intents:
            wanted = _RECOMMENDED.match(intent)
            if wanted is None:
                yield say(intent)
            elif any(wanted[2] in reply and "推荐" in reply for reply in replies):
                yield say(intent[wanted.end() :])
            else:
                yield "那我再看看。"
