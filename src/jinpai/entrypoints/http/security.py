"""What the browser is told to enforce, and who may call from another site."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from jinpai.kit.errors import NotAllowed

WIDGET_API = "/api/v1/widget/"
WIDGET_SCRIPT = "/widget.js"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style anywhere; `connect-src 'self'` covers the live socket of the same host."""

_ALWAYS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_CORS: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Retry-After, X-Request-Id",
}

PREFLIGHT: Mapping[str, str] = {
    **_CORS,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "Authorization, Content-Type",
    "access-control-max-age": "600",
}
"""The answer to a shop page that asks whether its widget may call."""


def is_for_any_site(path: str) -> bool:
    """Whether pages of other sites may read this: the widget's calls (by token, never by cookie) and its script."""
    return path.startswith(WIDGET_API) or path == WIDGET_SCRIPT


def headers_for(path: str, *, secure: bool) -> dict[str, str]:
    """The headers an answer gets unless it sets them itself; `secure` says that the installation is served by HTTPS."""
    headers = dict(_ALWAYS)
    if is_for_any_site(path):
        headers.update(_CORS)
        headers["cross-origin-resource-policy"] = "cross-origin"
    else:
        headers["cross-origin-resource-policy"] = "same-origin"
    if path.startswith("/api/"):
        headers["cache-control"] = "no-store"
    if secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def is_own_origin(origin: str | None, host: str | None) -> bool:
    """Whether a browser's `Origin` is the host that was asked; programs send none, which is fine too."""
    if origin is None:
        return True
    return bool(host) and urlsplit(origin).netloc.lower() == str(host).lower()


def check_own_origin(headers: Mapping[str, str]) -> None:
    """NotAllowed when a page of another site makes the call."""
    if not is_own_origin(headers.get("origin"), headers.get("host")):
        raise NotAllowed("这个请求来自别的网站，已拒绝；请在客服系统自己的页面上操作")
