"""`jinpai eval`: the engine on data others labelled; it learns from the one file and is measured on the other.

Imports neither the web server nor the database. What is learned here is thrown away; the product learns from its
own content.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jinpai.entrypoints.cli import eval_tasks
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import read_embed

if TYPE_CHECKING:
    from jinpai.kit.learning.anchors import Embed

WORDS = {
    "macro_f1": "宏平均 F1（%）",
    "accuracy": "准确率（%）",
    "chunk_f1": "整段 F1（%）",
    "precision": "准确率（%）",
    "recall": "召回率（%）",
    "spearman": "等级相关 ×100",
    "spearman_unlearned": "　不学习",
    "spearman_tfidf": "　基线：TF-IDF",
    "accuracy_bayes": "　基线：朴素贝叶斯",
    "accuracy_words": "　只看心情用词",
    "milliseconds_per_query": "每问一句（毫秒）",
    "train_seconds": "学习用时（秒）",
    "messages_per_second": "每秒识别（条）",
}
TASKS = "客服任务：助手用工具为照着剧本说话的买家办事"
_EXAMPLE = '{"sentence": "什么时候发货", "label": "54"}'


def run(args: list[str]) -> int:
    """Run one evaluation; 0 ok, BadInput naming the line that cannot be read."""
    parser = Arguments(prog="jinpai eval", description="在别人标注的数据上测量：从一份学习，在另一份上打分")
    commands = parser.add_subparsers(dest="command", required=True, metavar="测什么", parser_class=Arguments)
    for name, (words, _) in EVALUATIONS.items():
        command = commands.add_parser(name, help=words, description=words)
        alone = name in CROSSED
        source = "从哪些文件学习" + ("；不写就在 --test 里轮流留出五分之一" if alone else "")
        command.add_argument(
            "--train", nargs="+", required=not alone, default=[], type=Path, metavar="文件", help=source
        )
        command.add_argument("--test", nargs="+", required=True, type=Path, metavar="文件", help="在哪些文件上打分")
        command.add_argument("--json", action="store_true", help="以 JSON 输出")
    eval_tasks.add_arguments(commands.add_parser("tasks", help=TASKS, description=TASKS))
    options = parser.parse_args(args)
    if options.command == "tasks":
        return eval_tasks.run(options)
    figures = EVALUATIONS[options.command][1](options.train, options.test)
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{WORDS[name]}  {value:g}" for name, value in figures.items()))
    return 0


def _intent(train: Sequence[Path], test: Sequence[Path]) -> Mapping[str, float]:
    from jinpai.copilot.evaluating.intents import Labelled, measure_intents

    def read(paths: Sequence[Path]) -> Labelled:
        pairs = [pair for path in paths for pair in read_labelled(path)]
        return Labelled(tuple(text for text, _ in pairs), tuple(label for _, label in pairs))

    learned, measured = read(train), read(test)
    if len(set(learned.labels)) < 2:
        raise BadInput("学习用的文件里只有一种标签，至少要有两种")
    return measure_intents(learned, measured, _embed())


def _address(train: Sequence[Path], test: Sequence[Path]) -> Mapping[str, float]:
    from jinpai.copilot.evaluating.addresses import measure_addresses, read_addresses

    learned, measured = (
        [one for path in paths for one in read_addresses(path, read_text(path))] for paths in (train, test)
    )
    return measure_addresses(learned, measured)


def _satisfaction(train: Sequence[Path], test: Sequence[Path]) -> Mapping[str, float]:
    from jinpai.copilot.evaluating.satisfaction import measure_satisfaction, read_talks

    learned, measured = (
        [one for path in paths for one in read_talks(path, read_text(path))] for paths in (train, test)
    )
    return measure_satisfaction(learned, measured)


def _faq(train: Sequence[Path], test: Sequence[Path]) -> Mapping[str, float]:
    from jinpai.copilot.evaluating.likeness import measure_pairs, read_pairs

    learned, measured = (
        [one for path in paths for one in read_pairs(path, read_text(path))] for paths in (train, test)
    )
    return measure_pairs(learned, measured, _embed())


def _sentiment(train: Sequence[Path], test: Sequence[Path]) -> Mapping[str, float]:
    from jinpai.copilot.evaluating.sentiment import measure_sentiment, read_reviews
    from jinpai.copilot.feelings.moods import Moods
    from jinpai.flows.content.shop import load_shop_content

    learned, measured = (
        [one for path in paths for one in read_reviews(path, read_text(path))] for paths in (train, test)
    )
    return measure_sentiment(learned, measured, Moods(load_shop_content("demo").lessons.moods))


def _embed() -> "Embed | None":
    """What tells meanings here, where the operator set it."""
    from jinpai.adapters.embedding import make_embedder

    setting = read_embed(os.environ)
    return None if setting is None else make_embedder(setting)


def read_labelled(path: Path) -> list[tuple[str, str]]:
    """The (sentence, label) pairs of a file, JSON lines or one JSON list; BadInput names the first that is none."""
    text = read_text(path)
    if text.lstrip().startswith("["):
        rows = _json(path, text, "")
        numbered = list(enumerate(rows if isinstance(rows, list) else [], 1))
        unit = "条"
    else:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        numbered = [(number, _json(path, line, f"第 {number} 行")) for number, line in lines]
        unit = "行"
    if not numbered:
        raise BadInput(f"{path} 里没有数据，请一行写一条：{_EXAMPLE}")
    return [_pair(row, f"{path} 第 {number} {unit}") for number, row in numbered]


def read_text(path: Path) -> str:
    """The file's text; BadInput when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"读不了 {path}（{error.strerror}），请检查路径") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} 不是 UTF-8 文字（第 {error.start + 1} 个字节附近），请另存为 UTF-8") from None


def _json(path: Path, text: str, place: str) -> object:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise BadInput(f"{path} {place}不是有效的 JSON，请一行写一条：{_EXAMPLE}") from None


def _pair(row: object, place: str) -> tuple[str, str]:
    sentence, label = (row.get("sentence"), row.get("label")) if isinstance(row, dict) else (None, None)
    if not isinstance(sentence, str) or isinstance(label, bool) or not isinstance(label, str | int):
        raise BadInput(f"{place}要有文字 sentence 和标签 label，例如 {_EXAMPLE}")
    return sentence, str(label)


EVALUATIONS: Mapping[str, tuple[str, Callable[[Sequence[Path], Sequence[Path]], Mapping[str, float]]]] = {
    "intent": ("买家意图：sentence 和 label 各是什么，标签可以有错", _intent),
    "satisfaction": ("买家满意不满意：一行一段会话，各轮的类别，标签，用制表符分开", _satisfaction),
    "faq": ("两句问的是不是一回事：一行两句话和 0 或 1，用制表符或逗号分开", _faq),
    "sentiment": ("评价满意不满意：sentence 和 label（Positive、Negative），或表格的 review 和 label", _sentiment),
    "address": ("地址分段：一行一个字和它的标签，空行分开", _address),
}
"""What can be measured: name → what it is, and how."""
CROSSED = ("faq",)
"""What can also be measured on one file alone."""
