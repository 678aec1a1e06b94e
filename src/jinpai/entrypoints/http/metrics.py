"""The figures of the HTTP side; other parts declare their own beside what they measure."""

from prometheus_client import Gauge, Histogram

SECONDS = Histogram(
    "jinpai_http_request_seconds",
    "Time to answer a request, by route template",
    ("method", "route", "status"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
WRITER_QUEUE = Gauge("jinpai_writer_queue", "Actions that wait for the writer")
WRITER_ALIVE = Gauge("jinpai_writer_alive", "Whether the writer works (1) or not (0)")
