"""What every server reads before it serves; the nursery reads it once."""

from importlib import import_module

from jinpai.flows.content.shop import load_shop_content

for name in (
    "jinpai.bootstrap",
    "jinpai.entrypoints.cli.serve",
    "jinpai.entrypoints.http.logs",
    "jinpai.entrypoints.process",
    "jinpai.entrypoints.server",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
):
    import_module(name)

load_shop_content("demo")
