"""Keys of machines: made once, shown once, found by their hash, revoked for good."""

import hashlib
import secrets
from datetime import datetime

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


def find_key(secret: str) -> ApiKey | None:
    """Return the standing key of this secret; that of somebody who left opens nothing."""
    keys = ApiKey.objects.select_related("user", "role")
    found = keys.filter(digest=digest_of(secret), revoked_at=None).first()
    if found is None or (found.user and not found.user.is_active):
        return None
    return found


def revoke_key(key: ApiKey, *, now: datetime) -> None:
    """Let a key open nothing any more."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now)


def digest_of(secret: str) -> str:
    # A key has 256 random bits: a plain hash is enough, and quick.
    return hashlib.sha256(secret.encode()).hexdigest()
