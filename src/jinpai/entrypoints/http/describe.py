"""The API's description: OpenAPI 3.1, each operation with the right it asks of the caller."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse

from jinpai.entrypoints.http.access import (
    CSRF_HEADER,
    SAFE_METHODS,
    Buyer,
    Rule,
    Staff,
    cookie_name,
    list_rules,
    public,
)
from jinpai.entrypoints.http.problems import Problem


def make_router(app: FastAPI) -> APIRouter:
    """The route that describes all others of this app."""
    router = APIRouter()

    @router.get("/api/v1/openapi.json", include_in_schema=False, dependencies=[public("the API's form is no secret")])
    def read_description() -> JSONResponse:
        """The API's description."""
        return JSONResponse(describe(app))

    return router


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of this app."""
    document = app.openapi()
    if "securitySchemes" in document["components"]:
        return document
    document["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": cookie_name(app.state.house.settings)},
        "csrf": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
        "buyer": {"type": "http", "scheme": "bearer"},
    }
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"].update({**schema.pop("$defs"), "Problem": schema})
    for method, path, (rule,) in list_rules(app):
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["security"] = _security(rule, method)
            operation["x-permission"] = rule.permission if isinstance(rule, Staff | Buyer) else None
    return document


def _security(rule: Rule, method: str) -> list[dict[str, list[str]]]:
    if isinstance(rule, Buyer):
        return [{"buyer": []}]
    if isinstance(rule, Staff):
        return [{"session": []}] if method in SAFE_METHODS else [{"session": [], "csrf": []}]
    return []
