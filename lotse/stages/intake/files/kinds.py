"""What a file really is, told by its first bytes; its name is no more than a hint."""

import mmap
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from lotse.stages.intake.files import refusals
from lotse.stages.intake.files.refusals import Refused

MOST_BYTES = 200 * 1024 * 1024
# What a workbook may become when unpacked, in all and in one of its parts that is held in memory.
MOST_UNPACKED = 2 * 1024 * 1024 * 1024
MOST_TEXTS = 256 * 1024 * 1024
# Tables shrink to a tenth or twentieth; what shrinks more than this was made to do harm.
MOST_RATIO = 150
RATIO_COUNTS_FROM = 20 * 1024 * 1024

HEAD = 4096
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNS = (
    (b"%PDF", refusals.PDF),
    (b"\x1f\x8b", refusals.ARCHIVE),
    (b"BZh", refusals.ARCHIVE),
    (b"\xfd7zXZ", refusals.ARCHIVE),
    (b"7z\xbc\xaf", refusals.ARCHIVE),
    (b"Rar!", refusals.ARCHIVE),
)
_MARKUP = (
    (re.compile(rb"<!doctype html|<html", re.IGNORECASE), "HTML"),
    (re.compile(rb"<[?!a-z]", re.IGNORECASE), "XML"),
    (re.compile(rb"[\[{]\s*[\[{\"]"), "JSON"),
    (
        re.compile(
            rb"(?:from|to|date|received|return-path|delivered-to|message-id|mime-version): ",
            re.IGNORECASE,
        ),
        "EML",
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Kind(StrEnum):
    TABLE = "table"
    WORKBOOK = "workbook"


def kind_of(path: Path) -> Kind:
    """
    Say whether a file is separated text or a workbook.

    :raises Refused: if it is neither, or too large
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refused(refusals.TOO_LARGE, limit=MOST_BYTES // 1024 // 1024)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Refused(refusals.EMPTY)
    for sign, code in _SIGNS:
        if head.startswith(sign):
            raise Refused(code)
    if head.startswith(_OLE):
        raise Refused(refusals.PROTECTED if _has_password(path) else refusals.OLD_EXCEL)
    if head.startswith(b"PK"):
        _check_workbook(path)
        return Kind.WORKBOOK
    _check_text(head)
    return Kind.TABLE


def _has_password(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return whole.find(_ENCRYPTED) >= 0


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused(refusals.BROKEN) from None
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") for name in names):
        is_document = "content.xml" in names and "mimetype" in names
        raise Refused(refusals.OPEN_DOCUMENT if is_document else refusals.ARCHIVE)
    # What the archive says is what is unpacked at most: zipfile stops there.
    unpacked, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    texts = max((p.file_size for p in parts if "worksheets/" not in p.filename), default=0)
    is_swollen = unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO
    if unpacked > MOST_UNPACKED or texts > MOST_TEXTS or is_swollen:
        raise Refused(refusals.BOMB)


def _check_text(head: bytes) -> None:
    if head.startswith(UTF_16) or looks_like_utf_16(head):
        return
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for shape, name in _MARKUP:
        if shape.match(start):
            raise Refused(refusals.MARKUP, format=name)
    # A stray NUL happens in old exports; a picture or a program is full of such signs.
    strange = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if strange > len(head) / 20:
        raise Refused(refusals.BINARY)


def looks_like_utf_16(head: bytes) -> str:
    """Return which half of UTF-16 text without a mark in front this is; '' if it is none."""
    if len(head) < 4:
        return ""
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.8:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > half * 0.8 else ""
