"""URLs that shops set for themselves, whole and without secrets in them, and the keys that go there."""

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


def check_key(key: str | None) -> None:
    """BadInput for a key no header can carry."""
    if key and not (key.isascii() and key.isprintable()):
        raise BadInput("密钥里有不该有的字符，请重新复制一次")


def check_same_host(before: str, after: str) -> None:
    """BadInput where a key that was given for one host would be told another."""
    if _origin(before) != _origin(after):
        raise BadInput("接口地址换了主机，原来的密钥不会发给新主机，请重新填写密钥")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Whom a URL speaks to: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
