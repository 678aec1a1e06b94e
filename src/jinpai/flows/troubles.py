"""What people read where something outside did not take what was sent: in words, never an error's name."""

from http.client import HTTPException

SMS_PROVIDER = "短信服务"
CHANNEL = "对方渠道"
"""What the outside is called."""


def trouble_of(error: Exception) -> str:
    """What went wrong with a call outside: the number it was refused with, no answer, or that nobody was reached."""
    code = getattr(error, "code", None)
    if isinstance(code, int):
        return f"对方回了 {code}"
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "对方没有回应"
    if isinstance(reason, HTTPException):
        return "对方的回答看不懂"
    if isinstance(error, OSError):
        return "连不上对方"
    return "发送时出了错，请管理员查看日志"


def not_taken(outside: str, error: Exception) -> str:
    """Why what goes by this way (`短信服务`) waits: it was not taken, and is tried again."""
    return f"{outside}没有接收（{trouble_of(error)}），稍后再试"


def never_taken(outside: str, error: Exception) -> str:
    """Why what was to go by this way is given up: it was tried often enough."""
    return f"{outside}多次没有接收（{trouble_of(error)}）"
