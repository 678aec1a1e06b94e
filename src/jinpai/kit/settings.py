"""What the operator decides, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinpai.kit.errors import BadInput

LOCAL = "local"
"""Set as the place of a model of vectors, it means the one of the `embed` extra."""


@dataclass(frozen=True, slots=True)
class EmbedSetting:
    """Where texts are told as vectors: `local`, or the base URL of an endpoint with its model and key."""

    url: str
    model: str = ""
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's choices; every field names its environment variable in docs/operator.md."""

    home: Path
    database: str
    secret: str | None
    secure_cookies: bool
    metrics_token: str | None
    sms_url: str | None = None
    sms_token: str | None = None
    llm_url: str | None = None
    llm_key: str | None = None
    llm_model: str | None = None
    llm_daily_tokens: int = 1_000_000
    llm_price: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    """Yuan for a million tokens read, and for a million written."""
    embed: EmbedSetting | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database.startswith("sqlite:")


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """The settings of this process; `JINPAI_HOME` defaults to ./home, the database to SQLite inside it."""
    env = dict(os.environ) if environ is None else environ
    home = Path(env.get("JINPAI_HOME") or "home").resolve()
    database = env.get("JINPAI_DATABASE") or f"sqlite:///{home / 'jinpai.db'}"
    if not database.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise BadInput("JINPAI_DATABASE 只支持 sqlite:///文件路径 或 postgresql://用户:密码@主机/库名，请检查后重试")
    if database.startswith("postgresql://"):
        database = database.replace("postgresql://", "postgresql+psycopg://", 1)
    return Settings(
        home=home,
        database=database,
        secret=env.get("JINPAI_SECRET") or None,
        secure_cookies=env.get("JINPAI_SECURE_COOKIES", "") in ("1", "true"),
        metrics_token=env.get("JINPAI_METRICS_TOKEN") or None,
        sms_url=_sms_url(env.get("JINPAI_SMS_URL") or None),
        sms_token=env.get("JINPAI_SMS_TOKEN") or None,
        embed=read_embed(env),
        **_language_model(env),
    )


def _language_model(env: dict[str, str]) -> dict[str, Any]:
    """The language model's settings; none without a URL and a model."""
    url, model = env.get("JINPAI_LLM_URL") or None, env.get("JINPAI_LLM_MODEL") or None
    if url is None and model is None:
        return {}
    if url is None or model is None:
        raise BadInput("JINPAI_LLM_URL 和 JINPAI_LLM_MODEL 要一起设置，请检查后重试")
    if not url.startswith(("https://", "http://")):
        raise BadInput("JINPAI_LLM_URL 要以 https:// 或 http:// 开头，请检查后重试")
    told: dict[str, Any] = {"llm_url": url, "llm_model": model, "llm_key": env.get("JINPAI_LLM_KEY") or None}
    try:
        if tokens := env.get("JINPAI_LLM_DAILY_TOKENS"):
            told["llm_daily_tokens"] = int(tokens)
        if price := env.get("JINPAI_LLM_PRICE"):
            read, written = (Decimal(part) for part in price.split(","))
            told["llm_price"] = (read, written)
    except (ValueError, ArithmeticError):
        raise BadInput(
            "JINPAI_LLM_DAILY_TOKENS 写一个整数，JINPAI_LLM_PRICE 写“读,写”每百万个词元的价钱（元），例如 2,8"
        ) from None
    return told


def read_embed(env: Mapping[str, str]) -> EmbedSetting | None:
    """Where meanings are told; None where nothing is set."""
    url, model = env.get("JINPAI_EMBED") or "", env.get("JINPAI_EMBED_MODEL") or ""
    if not url:
        return None
    if url == LOCAL:
        return EmbedSetting(LOCAL)
    if not url.startswith(("https://", "http://")) or not model:
        raise BadInput(
            "JINPAI_EMBED 写 local（先装 jinpai[embed]），或者写接口地址（例如 https://example.com/v1）并用 "
            "JINPAI_EMBED_MODEL 写明模型，请检查后重试"
        )
    return EmbedSetting(url, model, env.get("JINPAI_EMBED_KEY") or None)


def _sms_url(url: str | None) -> str | None:
    if url is not None and not url.startswith(("https://", "http://")):
        raise BadInput("JINPAI_SMS_URL 要以 https:// 或 http:// 开头，请检查后重试")
    return url
