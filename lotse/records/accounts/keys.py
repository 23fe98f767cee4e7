"""By which keys an account, a contact or a case is found again; written with the record, in one table."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from lotse.records.accounts.models import MatchKey
from lotse.records.accounts.profiles import Normal
from lotse.records.accounts.rows import add_rows

# Raise it when the keys change, and rebuild the table.
VERSION = 1


@lru_cache(maxsize=65536)
def hashed(kind: str, value: str) -> int:
    """Return the key of a kind and value: 64 bits, signed, as both databases store it."""
    digest = blake2b(f"{VERSION}|{kind}|{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def keys_of_company(normal: Normal) -> set[int]:
    """Return the keys that lead to an account."""
    found = {hashed("phone", p) for p in normal.phones}
    if normal.domain:
        found.add(hashed("domain", normal.domain))
    if normal.vat_number:
        found.add(hashed("vat", normal.vat_number))
    if normal.customer_number:
        found.add(hashed("customer", normal.customer_number))
    if normal.company:
        found.add(hashed("company", normal.company.replace(" ", "")))
        if normal.postcode:
            found.add(hashed("company+zip", f"{normal.company[:5]}|{normal.postcode}"))
        # "Gebr. Müller" at the door of "Müller" may be a neighbour or the same house.
        if normal.postcode and normal.street:
            found.add(hashed("street+zip", f"{normal.street}|{normal.postcode}"))
    return found


def keys_of_person(normal: Normal) -> set[int]:
    """Return the keys that lead to a contact, or to a case of the same person."""
    found = {hashed("phone", p) for p in normal.phones}
    if normal.email:
        found.add(hashed("email", normal.email))
    if normal.name and normal.postcode:
        found.add(hashed("name+zip", f"{''.join(sorted(normal.name.split()))}|{normal.postcode}"))
    return found


def write_keys(of: MatchKey.Of, keys_by_record: Iterable[tuple[int, set[int]]]) -> None:
    """Write the keys of new records."""
    rows = [(int(of), key, pk) for pk, keys in keys_by_record for key in sorted(keys)]
    add_rows(MatchKey, ("of", "key", "record_id"), rows)


def rewrite_keys(of: MatchKey.Of, record_id: int, keys: set[int]) -> None:
    """Bring the keys of a changed record in step with it."""
    MatchKey.objects.filter(of=of, record_id=record_id).exclude(key__in=keys).delete()
    write_keys(of, [(record_id, keys)])


def records_by_key(of: MatchKey.Of, keys: Sequence[int]) -> dict[int, list[int]]:
    """Return which records each of these keys leads to, however many keys are asked."""
    found: dict[int, list[int]] = {}
    for start in range(0, len(keys), 10_000):
        some = keys[start : start + 10_000]
        rows = MatchKey.objects.filter(of=of, key__in=some).values_list("key", "record_id")
        for key, record_id in rows.order_by("key", "record_id"):
            found.setdefault(key, []).append(record_id)
    return found
