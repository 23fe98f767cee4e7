"""Every kind of fact and every reason has its sentence, in English and in German, with the same blanks to fill."""

import ast
import dataclasses
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import lotse
from lotse.kernel.facts import FACTS, Fact
from lotse.kernel.reasons import SENTENCES

PO = Path(lotse.__file__).parent / "locale/de/LC_MESSAGES/django.po"
BLANK = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def german() -> Catalog:
    with PO.open("rb") as source:
        return read_po(source, locale="de")


def facts() -> list[type[Fact]]:
    return [fact for fact in FACTS.values() if ".tests." not in fact.__module__]


def reasons() -> list[str]:
    """Return the sentence of each reason; those that tests define are called test.something."""
    return [text for code, text in SENTENCES.items() if not code.startswith("test.")]


def sentences_of(fact: type[Fact]) -> Iterator[str]:
    """Yield every sentence that is marked in the class, also those that `say` chooses from."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(fact)))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "mark"
        ):
            yield ast.literal_eval(node.args[0])


def blanks_of(fact: type[Fact]) -> set[str]:
    """Return what may stand in the sentence of a fact: its fields, ids told as names, and who did it."""
    return {"actor"} | {f.name.removesuffix("_id") for f in dataclasses.fields(fact)}


def fault_in_german(sentence: str, german: Catalog) -> str:
    message = german.get(sentence)
    if message is None or not message.string or message.fuzzy:
        return f"no German for {sentence!r}"
    if set(BLANK.findall(str(message.string))) != set(BLANK.findall(sentence)):
        return f"other blanks in {message.string!r} than in {sentence!r}"
    return ""


def faults_of(fact: type[Fact], german: Catalog) -> list[str]:
    sentences = list(sentences_of(fact))
    faults = [] if sentences else [f"{fact.kind} has no sentence"]
    for sentence in sentences:
        unknown = set(BLANK.findall(sentence)) - blanks_of(fact)
        faults += [f"{fact.kind} cannot fill {blank!r}" for blank in sorted(unknown)]
        faults += [fault] if (fault := fault_in_german(sentence, german)) else []
    return faults


def test_every_kind_of_fact_is_told_in_both_languages(german: Catalog) -> None:
    assert [fault for fact in facts() for fault in faults_of(fact, german)] == []


def test_every_reason_is_told_in_both_languages(german: Catalog) -> None:
    assert [f for s in reasons() if (f := fault_in_german(s, german))] == []


def test_a_fact_without_sentence_is_noticed(german: Catalog) -> None:
    class Silent(Fact):
        pass

    Silent.kind = "tests.silent"

    assert faults_of(Silent, german) == ["tests.silent has no sentence"]


def test_a_blank_that_nothing_fills_is_noticed(german: Catalog) -> None:
    def mark(text: str) -> str:
        return text

    class Forgetful(Fact):
        sentence: ClassVar[str] = mark("%(actor)s called %(nobody)s")

    Forgetful.kind = "tests.forgetful"

    assert faults_of(Forgetful, german) == [
        "tests.forgetful cannot fill 'nobody'",
        "no German for '%(actor)s called %(nobody)s'",
    ]


def test_a_translation_that_lost_a_blank_is_noticed() -> None:
    german = Catalog(locale="de")
    german.add("%(actor)s asked %(person)s", "%(actor)s hat gefragt")

    assert fault_in_german("%(actor)s asked %(person)s", german) == (
        "other blanks in '%(actor)s hat gefragt' than in '%(actor)s asked %(person)s'"
    )
