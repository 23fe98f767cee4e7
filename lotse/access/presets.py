"""Puts the preset roles of the policy into the database; what an administrator changed stays."""

from lotse.access.policy import PRESETS
from lotse.records.people.models import Role


def install() -> None:
    """Create the preset roles that are not there yet."""
    roles = [
        Role(key=key, name_de=de, name_en=en, matrix=matrix, rights=rights)
        for key, (de, en, matrix, rights) in PRESETS.items()
    ]
    Role.objects.bulk_create(roles, ignore_conflicts=True)
