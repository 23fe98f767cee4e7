"""Compiles the translations with Babel, when the package is built and when a checkout runs."""

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Write a .mo beside every .po of the package; return what was written."""
    return [_compile(po) for po in _sources(package)]


def compile_stale(package: Path = PACKAGE) -> list[Path]:
    """Do the same for what was changed since, in a checkout; an installed package is complete."""
    if not (package.parent / "pyproject.toml").exists():
        return []
    return [_compile(po) for po in _sources(package) if _is_stale(po)]


def _sources(package: Path) -> Iterator[Path]:
    return iter(sorted(package.glob("**/LC_MESSAGES/*.po")))


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def _compile(po: Path) -> Path:
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name)
    # Several processes start at the same time: each writes its own file, and the last one stays.
    mine = po.with_suffix(f".{os.getpid()}.tmp")
    with mine.open("wb") as target:
        write_mo(target, catalog)
    return mine.replace(po.with_suffix(".mo"))
