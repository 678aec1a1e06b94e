"""`jinpai eval tasks`: an assistant serves scripted buyers through tools it has over the Model Context Protocol."""

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from jinpai.copilot.tasks.assistant import RuleAssistant
from jinpai.copilot.tasks.model import Assistant, Folder, Task, ToolRefusal, Tools
from jinpai.copilot.tasks.reading import read_folder
from jinpai.copilot.tasks.running import run_tasks, summary
from jinpai.entrypoints.mcp.protocol import Session, Tool
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import read_settings

_TYPES: Mapping[str, Any] = {"string": ["string", "number"], "list": ["array", "string"]}
PATIENCE = 60.0
"""Seconds a language model has for one step; nobody waits here."""
_PARTS = {"action": "数据库", "search": "查询", "output": "回答", "all": "全对"}


def run(options: Namespace) -> int:
    """Serve every task of the folder; 0 ok, BadInput for a folder that is none."""
    folder = read_folder(options.folder)
    answers = _with_model(folder) if options.model else RuleAssistant
    results = []
    for result in run_tasks(folder, serve, answers):
        results.append(result)
        told = json.dumps(result, ensure_ascii=False) if options.json else _words(result)
        print(told, flush=True)
    counted = {**summary(results), "assistant": "model" if options.model else "rules"}
    print(json.dumps({"summary": counted}, ensure_ascii=False) if options.json else _total(counted))
    return 0


def serve(folder: Folder, call: Callable[[str, Mapping[str, Any]], Any]) -> Tools:
    """The folder's tools behind the protocol: every call goes through it as a line of JSON and comes back as one."""
    tools = [_tool(told, call) for told in folder.tools]
    session, numbers = Session(tools, "", ""), count(1)

    def ask(name: str, **arguments: Any) -> Any:
        params = {"name": name, "arguments": arguments}
        line = json.dumps({"jsonrpc": "2.0", "id": next(numbers), "method": "tools/call", "params": params})
        told = json.loads(session.answer(line) or "{}")
        if "error" in told:
            raise ToolRefusal(told["error"]["message"])
        text = told["result"]["content"][0]["text"]
        if told["result"]["isError"]:
            raise ToolRefusal(text)
        return json.loads(text)

    return ask


def _tool(told: Mapping[str, Any], call: Callable[[str, Mapping[str, Any]], Any]) -> Tool:
    name = str(told["name"])
    properties = {
        str(one["name"]): {
            "type": _TYPES.get(str(one.get("type")), ["string", "number", "array"]),
            "description": str(one.get("description", "")),
            **({"enum": one["enum"]} if one.get("enum") else {}),
        }
        for one in told.get("parameters", ())
    }
    schema = {"type": "object", "properties": properties}
    return Tool(name, str(told.get("purpose", "")), schema, lambda given: call(name, given), name.startswith("get_"))


def _with_model(folder: Folder) -> Callable[[Task, Tools], Assistant]:
    from jinpai.adapters.llm.compatible import CompatibleModel
    from jinpai.copilot.llm.model import Endpoint
    from jinpai.copilot.tasks.model_assistant import ModelAssistant
    from jinpai.flows.ports import ModelFailure, Prompt

    settings = read_settings()
    if settings.llm_url is None or settings.llm_model is None:
        raise BadInput("没有设置语言模型，请设 JINPAI_LLM_URL 和 JINPAI_LLM_MODEL，或去掉 --model")
    model = CompatibleModel(Endpoint(settings.llm_url, settings.llm_model, settings.llm_key))

    def write(rules: str, data: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
        try:
            return model.write(Prompt("task", rules, data, schema), PATIENCE).data
        except ModelFailure:
            return None

    return lambda task, tools: ModelAssistant(task, tools, folder.tools, write)


def _words(result: Mapping[str, Any]) -> str:
    parts = "  ".join(f"{words}{'✓' if result[name] else '✗'}" for name, words in _PARTS.items())
    return f"任务 {result['id']}  {parts}"


def _total(counted: Mapping[str, Any]) -> str:
    parts = "，".join(f"{words} {counted[name]}" for name, words in _PARTS.items())
    return f"共 {counted['tasks']} 个任务：{parts}（{counted['percent']:g}%）"


def add_arguments(command: Any) -> None:
    """The arguments of the command."""
    command.add_argument(
        "folder", type=Path, metavar="文件夹", help="tasks*.json、tools.json 和 database/ 所在的文件夹"
    )
    command.add_argument("--model", action="store_true", help="用设置好的语言模型回答，不用规则")
    command.add_argument("--json", action="store_true", help="一行一个任务，最后一行是合计")
