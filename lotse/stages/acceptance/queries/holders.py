"""To whom an account or contact belongs that is alike and may not be seen: its team or partner, and no more."""

from lotse.records.accounts.models import Account, Contact
from lotse.records.people.models import Team


def get_holders(records: tuple[Account | Contact, ...]) -> list[str]:
    """Return the teams and partners that records belong to, each once; what belongs to nobody is ''."""
    owners = {r.owner_id for r in records if r.owner_id and not r.team and not r.partner}
    rows = Team.objects.filter(memberships__user__in=owners).order_by("memberships__is_main")
    teams = {owner: name for owner, name in rows.values_list("memberships__user", "name") if owner}
    return sorted({_holder(record, teams) for record in records})


def _holder(record: Account | Contact, teams: dict[int, str]) -> str:
    """Return to which team or partner a record belongs; '' if it is nobody's."""
    if record.team:
        return str(record.team)
    if record.partner:
        return str(record.partner)
    return teams.get(record.owner_id or 0, "")
