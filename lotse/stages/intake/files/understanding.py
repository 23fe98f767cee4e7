"""From the cells of a row to the fields of an arrival: what damage in files is mended, and what can't be."""

from collections.abc import Mapping
from dataclasses import dataclass

from lotse.stages.intake.files import values
from lotse.stages.intake.files.values import Impossible, Notation
from lotse.stages.intake.rules import Fault, country_of

# How a cell begins that would be a formula, behind the apostrophe that says it is text: so we hand
# it out to be mended, and so it comes back.
GUARDED = frozenset(f"'{sign}" for sign in "=+-@")


@dataclass(frozen=True)
class Understood:
    """The fields for intake to judge, and what can't be."""

    fields: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def understand(cells: Mapping[str, str], notation: Notation) -> Understood:
    """Understand the cells of one row, by field; what they mean as a lead is for intake to say."""
    filled = {name: cell for name, cell in cells.items() if not values.is_nothing(cell)}
    country = country_of(filled.get("country", "")) or notation.country
    fields, faults = dict[str, str](), []
    for name, cell in filled.items():
        try:
            fields[name] = _read(name, cell, country, notation)
        except Impossible as trouble:
            faults.append(Fault(name, trouble.code, cell[:60]))
    return Understood(fields, tuple(faults))


def _read(name: str, cell: str, country: str, notation: Notation) -> str:
    match name:
        case "email":
            return values.email_in(cell)
        case "phone":
            return values.phone_in(cell, country)
        case "postcode":
            return values.postcode_in(cell, country)
        case "value":
            return values.amount_in(cell, notation)
        case "created_at":
            return values.moment_of(cell, notation).isoformat()
        case _:
            text = cell.strip()
            return text[1:] if text[:2] in GUARDED else text
