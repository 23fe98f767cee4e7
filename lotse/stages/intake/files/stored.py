"""Between the table of imports and the plain reader: shapes, columns and notations as they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from lotse.stages.intake.files import storage
from lotse.stages.intake.files.columns import By, Column
from lotse.stages.intake.files.reading import Look, Shape
from lotse.stages.intake.files.values import Notation
from lotse.stages.intake.models import Import


def to_data(look: Look) -> dict[str, Any]:
    """Return the columns of the table that keep what a look told."""
    return {
        "shape": asdict(look.shape),
        "columns": [asdict(column) for column in look.columns],
        "notation": asdict(look.notation),
        "asks_date": look.asks_date[:40],
        "total": look.rows,
    }


def shape_of(one: Import) -> Shape:
    return Shape(**{**one.shape, "header": tuple(one.shape["header"])})


def columns_of(one: Import) -> list[Column]:
    return [Column(**{**c, "by": By(c["by"]), "samples": tuple(c["samples"])}) for c in one.columns]


def notation_of(one: Import) -> Notation:
    return Notation(**one.notation)


def mapping_of(one: Import) -> dict[int, str]:
    """Return the place of each column that is taken over, with its field."""
    return {c["place"]: c["field"] for c in one.columns if c["field"]}


def path_of(one: Import) -> Path:
    return storage.path_of(one.file_hash)


def with_fields(columns: Sequence[Column], fields: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the columns as a person mapped them; what they left as it was guessed stays a guess."""
    return [
        asdict(
            column
            if fields.get(column.place, column.field) == column.field
            else replace(column, field=fields[column.place], by=By.PERSON)
        )
        for column in columns
    ]
