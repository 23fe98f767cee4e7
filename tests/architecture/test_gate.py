"""That pages and the API reach the records of customers only through the gate."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from lotse.access.policy import _FILTERS

ROOT = Path(__file__).parents[2]
DOORS = ("lotse/web", "lotse/api")
GUARDED = {model.__name__ for model in _FILTERS}

# Functions that may go without, each with its reason.
WITHOUT = {
    "lotse/web/first/links.py:is_good": "asks whether there is anybody at all",
    "lotse/web/my_work/week.py:_answer_times": "one's own answers, also to leads that went on to others",
    "lotse/web/new_lead/views.py:_settle": "made a moment ago by whoever asks",
    "lotse/web/profile/forms.py:__init__": "one's own colleagues",
    "lotse/web/shell/password.py:get_users": "whoever asks has not signed in, and is told nothing",
    "lotse/web/shell/views.py:language": "writes to oneself",
    "lotse/web/shell/views.py:theme": "writes to oneself",
}


def functions(source: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))


def takes_rows(function: ast.FunctionDef) -> bool:
    """Say whether this function begins a query on records that the policy guards."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in GUARDED
        for node in ast.walk(function)
    )


def asks_the_gate(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"rows", "find", "allows"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "gate"
        for node in ast.walk(function)
    )


def faults(source: str) -> list[str]:
    return [one.name for one in functions(source) if takes_rows(one) and not asks_the_gate(one)]


def found() -> set[str]:
    files = (path for door in DOORS for path in sorted((ROOT / door).rglob("*.py")))
    return {
        f"{path.relative_to(ROOT)}:{name}"
        for path in files
        if "tests" not in path.parts
        for name in faults(path.read_text())
    }


def test_rows_are_reached_through_the_gate() -> None:
    assert found() - set(WITHOUT) == set()


def test_no_exception_outlives_its_function() -> None:
    assert set(WITHOUT) - found() == set()


@pytest.mark.parametrize(
    "body", ["return Case.objects.get(pk=pk)", "return list(Task._default_manager.all())"]
)
def test_a_view_that_goes_round_the_gate_is_found(body: str) -> None:
    assert faults(f"def view(request, pk):\n    {body}") == ["view"]


def test_a_view_that_asks_the_gate_is_not() -> None:
    assert faults("def view(r, pk):\n    return gate.find(r.actor, SEE, Case.objects.all())") == []
