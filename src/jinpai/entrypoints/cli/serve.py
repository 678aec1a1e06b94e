"""`jinpai serve`: the server, on one port; prepares itself on first use."""

import os

from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.kit.settings import Settings, read_settings

_HERE = ("127.0.0.1", "0.0.0.0")  # noqa: S104


def run(args: list[str]) -> int:
    """Serve until told to stop."""
    parser = Arguments(prog="jinpai serve", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="端口，默认 8000")
    parser.add_argument("--fd", type=int, help="接管已经打开的监听套接字（进程管理器用）")
    options = parser.parse_args(args)
    serve(read_settings(), options.host, options.port, options.fd)
    return 0


def serve(settings: Settings, host: str, port: int, fd: int | None) -> None:
    """Build the house, open the doors, close them again at the end."""
    from jinpai.bootstrap import build_house
    from jinpai.entrypoints.http.logs import configure_logging
    from jinpai.entrypoints.process import open_door, serve_until_told
    from jinpai.entrypoints.server import create_server

    configure_logging()
    door = open_door(host, port, fd)
    house = build_house(settings)
    _greet(settings, host, port)
    serve_until_told(create_server(house), door)


def _greet(settings: Settings, host: str, port: int) -> None:
    from jinpai.entrypoints.cli.init import ACCOUNTS_FILE

    url = f"http://{'localhost' if host in _HERE else host}:{port}"
    print(f"\n金牌客服 Jinpai\n  接待台        {url}/\n  买家聊天演示  {url}/demo", flush=True)
    accounts = settings.home / ACCOUNTS_FILE
    if accounts.exists():
        print(f"  首次登录账号  （写在 {accounts}，改密后可删除）")
        for line in accounts.read_text().splitlines():
            login, password, name, role = line.split("\t")
            print(f"    {login:<12}{password}  {name}（{role}）")
    print(flush=True)
