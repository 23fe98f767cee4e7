"""Keys of machines: made once, shown once, found by their hash, revoked for good."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lotse.records.people.models import ApiKey, Role, User

PREFIX = "lotse_"


def create_key(
    *, name: str, now: datetime, user: User | None = None, role: Role | None = None
) -> tuple[ApiKey, str]:
    """Make a key that acts as a user or with a role; return it with its secret, shown this once."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name,
        user=user,
        role=role,
        digest=digest_of(secret),
        hint=secret[-4:],
        created_at=now,
    )
    return key, secret


@dataclass(frozen=True)
class Opened:
    """What a key opens: as whom, with what each role grants (matrix and rights), in which teams."""

    key_id: int
    last_used_on: date | None
    user_id: int | None
    partner_id: int | None
    grants: Sequence[tuple[dict[str, Any], list[str]]]
    team_ids: frozenset[int]


def find_key(secret: str) -> Opened | None:
    """Return what the standing key of this secret opens; that of somebody who left opens nothing."""
    standing = ApiKey.objects.filter(digest=digest_of(secret), revoked_at=None)
    # Every request asks this: one query reads it all, once for each role and team, which are few.
    rows = list(standing.exclude(user__is_active=False).values_list(*_OPENED))
    if not rows:
        return None
    key_id, last_used_on, user_id, partner_id = rows[0][:4]
    roles = {row[4]: row[5:7] for row in rows} | {row[7]: row[8:10] for row in rows}
    return Opened(
        key_id,
        last_used_on,
        user_id,
        partner_id,
        grants=[grant for role_id, grant in roles.items() if role_id],
        team_ids=frozenset(row[10] for row in rows if row[10]),
    )


_OPENED = (
    "pk", "last_used_on", "user_id", "user__partner_id",
    "role_id", "role__matrix", "role__rights",
    "user__roles", "user__roles__matrix", "user__roles__rights",
    "user__memberships__team",
)  # fmt: skip


def revoke_key(key: ApiKey, *, now: datetime) -> None:
    """Let a key open nothing any more."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)


def digest_of(secret: str) -> str:
    # A key has 256 random bits: a plain hash is enough, and quick.
    return hashlib.sha256(secret.encode()).hexdigest()
