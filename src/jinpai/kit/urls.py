"""URLs that shops set for themselves: whole, without secrets in them."""

from urllib.parse import urlsplit

from jinpai.kit.errors import BadInput

LONGEST = 300


def check_url(url: str, example: str) -> str:
    """The URL, tidied; BadInput says what is wrong with it, and shows the example."""
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadInput(f"接口地址不完整，请照 {example} 这样写") from None
    if parts.scheme not in ("https", "http") or not host or len(text) > LONGEST or not text.isascii():
        raise BadInput(f"接口地址要以 https:// 或 http:// 开头，后面是主机名，例如 {example}")
    if parts.username is not None or parts.password is not None:
        raise BadInput("接口地址里不要写账号和密码，密钥请填在“密钥”一栏")
    if parts.query or parts.fragment or any(letter.isspace() for letter in text):
        raise BadInput(f"接口地址里不要带 ? # 和空格，照 {example} 这样写就可以")
    return text


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Whom a URL speaks to: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
