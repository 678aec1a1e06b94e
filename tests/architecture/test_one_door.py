"""Only `flows/send` lets a message out, only the guard clears one, only `bootstrap` knows the channels."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "jinpai"


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                yield str(file.relative_to(SOURCE)), node


def callers_of(name: str) -> set[str]:
    return {file for file, call in calls() if isinstance(call.func, ast.Name) and call.func.id == name}


def callers_of_method(name: str) -> set[str]:
    return {file for file, call in calls() if isinstance(call.func, ast.Attribute) and call.func.attr == name}


def test_only_the_send_flow_delivers_to_a_channel() -> None:
    assert callers_of_method("deliver") == {"flows/send.py"}


def test_only_the_send_flow_makes_what_a_channel_accepts() -> None:
    assert callers_of("Outgoing") == {"flows/send.py"}


def test_only_the_guard_clears_a_draft() -> None:
    assert callers_of("Cleared") == {"guard/judge.py"}


def test_only_the_send_flow_writes_outgoing_messages_into_the_log() -> None:
    writers = {
        file
        for file, call in calls()
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(call.func, ast.Name)
        and call.func.id == "Entry"
        and (
            (isinstance(argument, ast.Name) and argument.id == "MESSAGE_OUT")
            or (isinstance(argument, ast.Constant) and argument.value == "message_out")
        )
    }
    assert writers == {"flows/send.py"}


def test_the_word_for_outgoing_messages_is_spelled_in_one_place() -> None:
    spelled = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and node.value == "message_out"
    }
    assert spelled == {"desk/model.py"}


def test_only_the_writer_writes_once_a_house_is_prepared() -> None:
    users = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "writing"
    }
    beside_the_log = {"kit/migrate.py", "entrypoints/cli/init.py", "flows/backup/restoring.py"}
    assert users == {"journal/writer.py", "kit/database.py", *beside_the_log}


def test_the_log_is_never_updated_nor_deleted() -> None:
    touched = [
        file
        for file, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("update", "delete")
        and any(isinstance(argument, ast.Name) and argument.id == "journal" for argument in call.args)
    ]
    assert touched == []
