"""How fast and how surely a quick reply is found: 10,000 replies, and a hundred intentions written before the ranking.

script_pairs.csv has what an agent wants to say, the word that comes to mind, and the script. The agent types the
initials of that word (a one-character word in full), at most three keys; one of the first nine is then picked by its
number instead of Enter, a step down the list to those behind counts as a key.

The share is flattered: one hand wrote pairs and ranking, and after a first 81 % the words of scenes, the order of the
kinds of match and the keys of one-character words were settled with these same pairs in view. Only pairs by somebody
else, never looked at while ranking, can confirm it.
"""

import csv
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.figures import Figure, at_least, at_most, percentile, plain
from jinpai.copilot.hearing.understanding import Understanding
from jinpai.flows.content.shop import DEMO_SHOP, load_shop_content
from jinpai.flows.learning.understanding import understand_now
from jinpai.kit.pinyin import readings
from jinpai.playbook.finding import Asking, Index, find_replies
from jinpai.playbook.replies import QuickReply, published

PAIRS = Path(__file__).with_name("script_pairs.csv")
MANY, KEYS, LIMIT = 10_000, 3, 20
NUMBERED = 9
"""So many of the list are picked by a digit."""
P95_MS, SHARE = 20, 90

HEARD = "the pair's intention understood as if it were the buyer's message: it tells the situation in an agent's words"

AFTER = "every pair's keys, the first search of each with what the buyer said still to be looked up"

Find = Callable[[str], Sequence[QuickReply]]


def measure() -> list[Figure]:
    """Recall with three keys beside the plain baseline, and the time of a search among many."""
    replies = [published(script) for script in load_shop_content(DEMO_SHOP).scripts]
    pairs = read_pairs()
    crowd = [*replies, *made_up(replies, MANY - len(replies))]
    ours, started = Index(replies), time.perf_counter()
    index = Index(crowd)
    built = time.perf_counter() - started
    spent = [_milliseconds(index, query) for query in queries(pairs)]
    alike = Index([QuickReply(f"s{n}", "team", "物流", "fh", f"说明{n}", f"您好，第{n}种说明") for n in range(500)])
    how = f"{len(pairs)} pairs, {len(replies)} scripts, nothing used before; ranking tuned on these pairs from 81 %"
    understanding = understand_now(load_shop_content(DEMO_SHOP).lessons, Path("/nonexistent"))
    told = [Asking(meant=_scenes(understanding, said), said=said) for said in _column("intention")]
    after = _after(index, pairs, told)
    return [
        at_least("right script within three keys", recall(pairs, _finder(ours)), SHARE, "%", how),
        at_least("same, the buyer having said what is intended", _recall_after(ours, pairs, told), SHARE, "%", HEARD),
        plain("same, by the scenes understood alone", _recall_after(ours, pairs, [_unsaid(one) for one in told]), "%"),
        plain("same, exact code prefix only", recall(pairs, _by_code(replies)), "%", "as Chatwoot's short codes"),
        plain(f"same among {MANY:,}", recall(pairs, _finder(index)), "%", "made-up replies around them"),
        at_most(f"search p95 at {MANY:,}, a buyer having spoken", percentile(after, 0.95), P95_MS, "ms", AFTER),
        at_most(f"search p95 at {MANY:,}", percentile(spent, 0.95), P95_MS, "ms", f"{len(spent)} queries, every kind"),
        plain(f"search p50 at {MANY:,}", percentile(spent, 0.5), "ms"),
        plain("search, 500 with the same code", _milliseconds(alike, "fh"), "ms"),
        plain(f"index of {MANY:,} built", built, "s", "spellings not known before"),
    ]


def read_pairs() -> list[tuple[str, str]]:
    """(what is typed, the script wanted) of every pair."""
    with PAIRS.open(encoding="utf-8") as lines:
        return [(typed(row["word"]), row["script"]) for row in csv.DictReader(lines)]


def typed(word: str) -> str:
    """The keys for a word."""
    found = [readings(one)[0] for one in word]
    return (found[0] if len(found) == 1 else "".join(one[0] for one in found))[:KEYS]


def _column(name: str) -> list[str]:
    with PAIRS.open(encoding="utf-8") as lines:
        return [row[name] for row in csv.DictReader(lines)]


def _scenes(understanding: Understanding, words: str) -> tuple[str, ...]:
    """The scenes these words belong to, as the desk asks for them of a buyer who waits."""
    meanings = understanding.understand(words).meanings
    return tuple(dict.fromkeys(scene for meaning in meanings for scene in meaning.intent.scenes))


def _unsaid(asking: Asking) -> Asking:
    return Asking(meant=asking.meant)


def _after(index: Index, pairs: Sequence[tuple[str, str]], told: Sequence[Asking]) -> list[float]:
    """Milliseconds of every search an agent's keys ask for after these buyers spoke, the first of each included."""
    return [
        _milliseconds(index, keys[:end], asking)
        for (keys, _), asking in zip(pairs, told, strict=True)
        for end in range(1, len(keys) + 1)
    ]


def _recall_after(index: Index, pairs: Sequence[tuple[str, str]], told: Sequence[Asking]) -> float:
    """Percent found within KEYS keys when each pair's situation was what the buyer said."""
    hits = 0
    for (keys, script), asking in zip(pairs, told, strict=True):
        hits += _keys(lambda query, asking=asking: find_replies([index], query, asking, LIMIT), keys, script) <= KEYS  # type: ignore[misc]
    return 100 * hits / len(pairs)


def recall(pairs: Sequence[tuple[str, str]], find: Find) -> float:
    """Percent of the pairs found within KEYS keys; behind the numbered ones steps down the list are counted."""
    return 100 * sum(_keys(find, keys, script) <= KEYS for keys, script in pairs) / len(pairs)


def _keys(find: Find, keys: str, script: str) -> int:
    needed = [KEYS + 1]
    for count in range(1, len(keys) + 1):
        ids = [reply.id for reply in find(keys[:count])]
        if script in ids:
            place = ids.index(script)
            needed.append(count if place < NUMBERED else count + place)
    return min(needed)


def queries(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Everything an agent's screen would ask while typing: each prefix of initials, of pinyin, of words, and misses."""
    with PAIRS.open(encoding="utf-8") as lines:
        words = [row["word"] for row in csv.DictReader(lines)]
    full = ["".join(readings(one)[0] for one in word) for word in words]
    prefixes = [text[:end] for text in (*(keys for keys, _ in pairs), *full, *words) for end in range(1, len(text) + 1)]
    return [*prefixes, "qxzj", "什么时候能发货呀", "fh kd", "发货 快递"]


def made_up(replies: Sequence[QuickReply], count: int) -> list[QuickReply]:
    """Replies put together from pieces of real ones, the same in every run."""
    dice = random.Random(20_261)
    pieces = [piece for reply in replies for piece in re.split(r"[，。！？：；😊～]", reply.text) if len(piece) > 3]
    return [
        QuickReply(
            f"made-up-{number}",
            "team",
            dice.choice(replies).folder,
            "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 4))),
            dice.choice(pieces)[:12],
            "，".join(dice.choices(pieces, k=4)),
        )
        for number in range(count)
    ]


def _finder(index: Index) -> Find:
    return lambda query: find_replies([index], query, Asking(), LIMIT)


def _by_code(replies: Sequence[QuickReply]) -> Find:
    return lambda query: [reply for reply in replies if reply.code.startswith(query)][:LIMIT]


def _milliseconds(index: Index, query: str, asking: Asking | None = None) -> float:
    started = time.perf_counter()
    find_replies([index], query, asking or Asking(), LIMIT)
    return (time.perf_counter() - started) * 1e3
