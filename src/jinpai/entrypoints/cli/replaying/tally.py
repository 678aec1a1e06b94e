"""What happened in a replay, counted; and the sentences that say what does not add up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jinpai.entrypoints.cli.replaying.wire import Frame


@dataclass(slots=True)
class Tally:
    """Every sending ends as exactly one of stored, refused, repeated; whatever else happened is a problem."""

    sent: int = 0
    stored: int = 0
    repeated: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """Code → how many; the guard's with its verdict, e.g. `guard:block`."""
    delivered: int = 0
    lost: int = 0
    duplicated: int = 0
    out_of_order: int = 0
    cuts: int = 0
    resent: int = 0
    resyncs: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    families: dict[str, Counter[str]] = field(default_factory=dict)
    ack_ms: list[float] = field(default_factory=list)
    delivery_ms: list[float] = field(default_factory=list)
    read_back: int = 0
    """How many replayed messages the histories hold."""
    problems: list[str] = field(default_factory=list)

    def add_refusal(self, answer: Frame) -> None:
        """Count a refused sending and, when it was the guard's, who objected."""
        if answer["code"] != "guard":
            self.refused[answer["code"]] += 1
            return
        verdict = answer["verdict"]
        self.refused[f"guard:{verdict}"] += 1
        self.verdicts[verdict] += 1
        for family in {hit["family"] for hit in answer["hits"]}:
            self.families.setdefault(family, Counter())[verdict] += 1

    def close(self) -> None:
        """Draw the line: add a problem for everything that does not add up."""
        answered = self.stored + self.repeated + self.refused.total()
        expected = (
            ("发送数与“保存＋拒绝＋重复”不等", self.sent, answered),
            ("确认保存数与历史记录里的条数不等", self.stored, self.read_back),
            ("有消息没有送到对方", self.lost, 0),
            ("有消息送了两次", self.duplicated, 0),
            ("有消息顺序不对", self.out_of_order, 0),
        )
        self.problems += [f"{what}：{found} ≠ {wanted}" for what, found, wanted in expected if found != wanted]

    def report(self, seconds: float) -> dict[str, Any]:
        """The figures; latencies in milliseconds."""
        return {
            "ok": not self.problems,
            "sent": self.sent,
            "stored": self.stored,
            "refused": self.refused.total(),
            "repeated": self.repeated,
            "refused_by": dict(sorted(self.refused.items())),
            "delivered": self.delivered,
            "lost": self.lost,
            "duplicated": self.duplicated,
            "out_of_order": self.out_of_order,
            "read_back": self.read_back,
            "guard": {"verdicts": dict(self.verdicts), "families": {k: dict(v) for k, v in self.families.items()}},
            "network": {"cuts": self.cuts, "resent": self.resent, "resyncs": self.resyncs},
            "ack_ms": summarize(self.ack_ms),
            "delivery_ms": summarize(self.delivery_ms),
            "seconds": round(seconds, 2),
            "messages_per_second": round(self.stored / seconds, 1) if seconds else 0,
            "problems": self.problems,
        }


def summarize(values: Sequence[float]) -> dict[str, float]:
    """p50, p99 and max of the values, rounded to a hundredth; all 0 when there are none."""
    if not values:
        return {"p50": 0.0, "p99": 0.0, "max": 0.0}
    ordered = sorted(values)
    last = len(ordered) - 1
    return {
        "p50": round(ordered[last // 2], 2),
        "p99": round(ordered[round(last * 0.99)], 2),
        "max": round(ordered[-1], 2),
    }
