"""The Model Context Protocol over lines of JSON-RPC 2.0: which tools there are, and their calls.

A refusal of the house comes back as the tool's own error, with its sentence; only a broken request is a protocol error.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from jinpai.kit.errors import Refusal

VERSIONS = ("2025-06-18", "2025-03-26", "2024-11-05")
"""The protocol's versions that are spoken, the newest first."""
MAX_LINE = 1_000_000
"""Characters of one request that are read."""

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


class Tool(NamedTuple):
    """A tool as it is told to a client: `schema` is the JSON schema of an object, `reads` that it changes nothing."""

    name: str
    description: str
    schema: Mapping[str, Any]
    call: Callable[[Mapping[str, Any]], Any]
    reads: bool = True


class BrokenRequest(Exception):
    """A request the protocol has no answer for; `code` is JSON-RPC's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Session:
    """One client's talk with these tools."""

    def __init__(self, tools: Sequence[Tool], instructions: str, version: str) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._instructions = instructions
        self._version = version
        self._methods: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
            "initialize": self._initialize,
            "ping": lambda given: {},
            "tools/list": self._list,
            "tools/call": self._call,
        }

    def answer(self, line: str) -> str | None:
        """The line to answer with; None where the request wants no answer."""
        number: Any = None
        try:
            request = _read(line)
            number = request.get("id")
            if "id" not in request or "method" not in request:
                return None
            method = self._methods.get(str(request["method"]))
            if method is None:
                raise BrokenRequest(-32601, f"没有方法 {request['method']}")
            given = request.get("params") or {}
            if not isinstance(given, dict):
                raise BrokenRequest(-32602, "params 要是一个对象")
            told: Mapping[str, Any] = {"result": method(given)}
        except BrokenRequest as broken:
            told = {"error": {"code": broken.code, "message": str(broken)}}
        return json.dumps({"jsonrpc": "2.0", "id": number, **told}, ensure_ascii=False)

    def _initialize(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        asked = given.get("protocolVersion")
        return {
            "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "jinpai", "title": "金牌客服", "version": self._version},
            "instructions": self._instructions,
        }

    def _list(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            "tools": [
                {
                    "name": tool.name,
                    "description": tool.description,
                    "inputSchema": tool.schema,
                    "annotations": {"readOnlyHint": tool.reads, "destructiveHint": False, "openWorldHint": False},
                }
                for tool in self._tools.values()
            ]
        }

    def _call(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        tool = self._tools.get(str(given.get("name")))
        if tool is None:
            raise BrokenRequest(-32602, f"没有工具 {given.get('name')}，用 tools/list 看有哪些")
        arguments = given.get("arguments") or {}
        if (wrong := mistake(tool.schema, arguments)) is not None:
            raise BrokenRequest(-32602, wrong)
        try:
            told = tool.call(arguments)
        except Refusal as refusal:
            return {"content": [{"type": "text", "text": refusal.message}], "isError": True}
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
        return {"content": [{"type": "text", "text": text}], "isError": False}


def mistake(schema: Mapping[str, Any], given: Any) -> str | None:
    """What is wrong with these arguments; None when they are as the schema of an object wants them."""
    if not isinstance(given, dict):
        return "arguments 要是一个对象"
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in given:
            return f"缺少参数 {name}"
    for name, value in given.items():
        if name not in properties:
            return f"没有参数 {name}"
        wanted = properties[name].get("type")
        kinds = [wanted] if isinstance(wanted, str) else wanted or []
        if kinds and not any(_is(value, kind) for kind in kinds):
            return f"参数 {name} 要是 {'/'.join(kinds)}"
        choices = properties[name].get("enum")
        if choices and value not in choices:
            return f"参数 {name} 可以是：{'、'.join(map(str, choices))}"
        longest = properties[name].get("maxLength")
        if longest is not None and isinstance(value, str) and len(value) > longest:
            return f"参数 {name} 最多 {longest} 个字"
    return None


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _read(line: str) -> Mapping[str, Any]:
    if len(line) > MAX_LINE:
        raise BrokenRequest(-32600, f"一个请求最多 {MAX_LINE} 个字符")
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise BrokenRequest(-32700, "不是有效的 JSON") from None
    if not isinstance(request, dict):
        raise BrokenRequest(-32600, "请求要是一个对象")
    return request
