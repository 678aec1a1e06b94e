"""Runs the tasks of a folder and says of each what was right: the database, the look-ups, the words, all of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinpai.copilot.tasks.model import Assistant, Call, Folder, Task, ToolRefusal, Tools
from jinpai.copilot.tasks.scripted_buyer import ScriptedBuyer, show
from jinpai.copilot.tasks.shop_tools import ShopTools

Serve = Callable[[Folder, Callable[[str, Mapping[str, Any]], Any]], Tools]
"""Offers tools to an assistant: from their descriptions and what answers a call."""


def run_tasks(
    folder: Folder, serve: Serve, assistant: Callable[[Task, Tools], Assistant]
) -> Iterator[Mapping[str, Any]]:
    """One result a task: what was right, and the talk with its calls to check it by."""
    for task in folder.tasks:
        yield _run(folder, task, serve, assistant)


def _run(folder: Folder, task: Task, serve: Serve, assistant: Callable[[Task, Tools], Assistant]) -> Mapping[str, Any]:
    shop, calls = ShopTools(folder.database, lambda sent: show(task.intents, sent)), list[Call]()

    def call(name: str, arguments: Mapping[str, Any]) -> Any:
        calls.append(Call(name, arguments))
        return shop.call(name, arguments)

    answering, replies = assistant(task, serve(folder, call)), list[str]()
    for said in ScriptedBuyer(task.intents).talk(replies):
        replies.append(answering.answer(said))
    action = same(shop.data, _expected(folder, task))
    search = all(any(_is_call(made, wanted) for made in calls) for wanted in task.searches)
    output = all(any(words in reply for reply in replies) for words in task.outputs)
    return {
        "id": task.id,
        "action": action,
        "search": search,
        "output": output,
        "all": action and search and output,
        "calls": [{"name": one.name, "arguments": one.arguments} for one in calls],
        "replies": replies,
    }


def summary(results: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """How many tasks were right, by part, and the share of those all right in percent."""
    counted = {name: sum(bool(one[name]) for one in results) for name in ("action", "search", "output", "all")}
    return {"tasks": len(results), **counted, "percent": round(100 * counted["all"] / max(len(results), 1), 1)}


def _expected(folder: Folder, task: Task) -> Mapping[str, Any]:
    right = ShopTools(folder.database, lambda sent: "")
    for wanted in task.actions:
        try:
            right.call(wanted.name, wanted.arguments)
        except ToolRefusal:
            continue
    return right.data


def _is_call(made: Call, wanted: Call) -> bool:
    return made.name == wanted.name and same(made.arguments, wanted.arguments)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, whatever way their numbers are written and empty parts are left out."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        names = {
            name for name in {**one, **other} if one.get(name) not in (None, {}) or other.get(name) not in (None, {})
        }
        return all(name in one and name in other and same(one[name], other[name]) for name in names)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | str) and isinstance(other, int | float | str):
        try:
            return abs(float(one) - float(other)) < 0.005
        except ValueError:
            return str(one) == str(other)
    return bool(one == other)
