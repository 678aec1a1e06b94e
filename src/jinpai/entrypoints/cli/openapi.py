"""`jinpai openapi`: the REST interface as OpenAPI 3.1, for the generated client."""

import json


def run(args: list[str]) -> int:
    """Print the description; needs no database."""
    from jinpai.bootstrap import sketch_house
    from jinpai.entrypoints.http.describe import describe
    from jinpai.entrypoints.server import create_server

    print(json.dumps(describe(create_server(sketch_house())), ensure_ascii=False, indent=1))
    return 0
