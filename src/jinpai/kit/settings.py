"""What the operator decides, read from the environment once."""

import os
from dataclasses import dataclass
from pathlib import Path

from jinpai.kit.errors import BadInput


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
    )


def _sms_url(url: str | None) -> str | None:
    if url is not None and not url.startswith(("https://", "http://")):
        raise BadInput("JINPAI_SMS_URL 要以 https:// 或 http:// 开头，请检查后重试")
    return url
