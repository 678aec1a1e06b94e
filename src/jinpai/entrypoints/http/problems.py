"""Every error as `application/problem+json`: a Chinese sentence that says what to do, and a request id to quote."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from jinpai.entrypoints.http.labels import label
from jinpai.kit.database import UNREACHABLE
from jinpai.kit.errors import BadInput, Refusal, Unavailable

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger()

TITLES: Mapping[int, str] = {
    400: "请求有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持的操作",
    408: "请求超时",
    409: "和现有内容冲突",
    413: "内容太大",
    429: "太频繁了",
    500: "出错了",
    503: "暂时不可用",
}

_FRAMEWORK: Mapping[int, tuple[str, str]] = {
    400: ("bad_input", "请求正文读不懂，请检查是不是 UTF-8 编码的 JSON"),
    404: ("not_found", "没有这个地址，请检查网址是否写对"),
    405: ("method_not_allowed", "这个地址不支持这种操作，请对照接口文档 /api/v1/openapi.json"),
    413: ("too_large", "内容太大，请缩小后再试"),
}

SENTENCES: Mapping[str, str] = {
    "missing": "必须填写",
    "extra_forbidden": "不认识这一项，请去掉",
    "string_type": "应该是文字",
    "string_unicode": "有无法识别的字符",
    "string_too_short": "至少要 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "string_pattern_mismatch": "格式不对",
    "int_type": "应该是整数",
    "int_parsing": "应该是整数",
    "int_parsing_size": "数字太大",
    "int_from_float": "应该是整数",
    "float_type": "应该是数字",
    "bool_type": "应该是 true 或 false",
    "bool_parsing": "应该是 true 或 false",
    "list_type": "应该是列表",
    "dict_type": "应该是一个对象",
    "model_type": "应该是一个对象",
    "model_attributes_type": "应该是一个对象",
    "too_short": "至少要 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "要小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "json_invalid": "不是有效的 JSON",
    "value_error": "{error}",
}
"""What pydantic finds, in words for people; `{…}` is filled from the finding's context."""


class Field(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 has it, with `code` for programs and `request` to quote to the operator."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    request: str
    fields: list[Field] | None = None
    retry_after: int | None = None


RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {"description": "出错了", "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
}
"""For OpenAPI: what any route may answer instead."""


def request_id(request: Request) -> str:
    """The id of this request, as its answer and the log name it."""
    return str(request.state.request)


def problem(
    status: int, code: str, detail: str, request: str, details: Mapping[str, Any] | None = None
) -> JSONResponse:
    """The response that tells of a problem; `details` are further members, which never replace the standard ones."""
    content = {
        **jsonable_encoder(details or {}),
        "type": "about:blank",
        "title": TITLES.get(status, "出错了"),
        "status": status,
        "code": code,
        "detail": detail,
        "request": request,
    }
    headers = {"Retry-After": str(content["retry_after"])} if "retry_after" in content else None
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def unexpected(request: str) -> JSONResponse:
    """The response for what nobody foresaw; the log has the rest."""
    return problem(
        500, "internal", f"出错了，已经记录下来。请稍后再试；仍不行请把请求编号 {request} 告诉管理员", request
    )


def explain(errors: Sequence[Any], *, is_json: bool) -> list[Field]:
    """One Chinese sentence per field that pydantic complains about."""
    if not is_json and any(tuple(error["loc"]) == ("body",) for error in errors):
        return [Field(field="body", message="正文应该是 JSON，请把 Content-Type 设为 application/json")]
    return [Field(field=_name(error), message=_sentence(error)) for error in errors]


def install(app: FastAPI) -> None:
    """Make every exception of this app a problem."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for unreachable in UNREACHABLE:
        app.add_exception_handler(unreachable, _on_database)


async def _on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return problem(error.status, error.code, error.message, request_id(request), error.details)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = explain(error.errors(), is_json="json" in request.headers.get("content-type", ""))
    first = "；".join(f"{label(field.field)}：{field.message}" for field in fields[:3])
    more = f"；还有 {len(fields) - 3} 处" if len(fields) > 3 else ""
    details = {"fields": [field.model_dump() for field in fields[:50]]}
    return problem(BadInput.status, BadInput.code, f"填写有误，{first}{more}", request_id(request), details)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, detail = _FRAMEWORK.get(error.status_code, ("refused", TITLES.get(error.status_code, "请求不能处理")))
    response = problem(error.status_code, code, detail, request_id(request))
    response.headers.update(error.headers or {})
    return response


async def _on_database(request: Request, error: Exception) -> Response:
    _log.error("database_failed", error=type(error).__name__)
    message = "数据库暂时连不上，什么也没有保存，请稍后重试"
    return problem(Unavailable.status, Unavailable.code, message, request_id(request))


def _name(error: Any) -> str:
    parts = [str(part) for part in error["loc"]]
    if error["type"] == "json_invalid" or len(parts) == 1:
        return parts[0]
    return ".".join(parts[1:])


def _sentence(error: Any) -> str:
    template = SENTENCES.get(error["type"])
    if template is None:
        return "格式不对"
    context = {key: str(value) for key, value in (error.get("ctx") or {}).items()}
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
    return template.format_map(context)
