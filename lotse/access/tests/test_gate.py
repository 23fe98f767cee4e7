"""The gate: what each kind of person sees of cases, customers and notes."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from lotse.access import gate
from lotse.access.policy import PRESETS, May, Right
from lotse.access.viewer import Viewer, get_viewer
from lotse.records.accounts.models import Contact
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case
from lotse.records.people.models import Membership, Partner, Role, Team, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)


def somebody(
    name: str, *roles: str, team: Team | None = None, partner: Partner | None = None
) -> User:
    user = User.objects.create_user(
        f"{name}@brise.example", None, name=name, created_at=NOW, partner=partner
    )
    for key in roles:
        de, en, matrix, rights = PRESETS[key]
        role, _ = Role.objects.get_or_create(
            key=key, defaults={"name_de": de, "name_en": en, "matrix": matrix, "rights": rights}
        )
        user.roles.add(role)
    if team:
        Membership.objects.create(user=user, team=team, is_main=True)
    return user


def lead(name: str, **fields: object) -> Case:
    return Case.objects.create(last_name=name, created_at=NOW, **fields)


def seen(viewer: Viewer, may: May = May.SEE) -> set[str]:
    return set(gate.rows(viewer, may, Case.objects.all()).values_list("last_name", flat=True))


@pytest.fixture
def north() -> Team:
    return Team.objects.create(name="Nord")


@pytest.fixture
def partner() -> Partner:
    return Partner.objects.create(name="Küstenwärme")


def test_a_rep_sees_the_team_and_edits_the_own(north: Team) -> None:
    jana, ole = (somebody(n, "sales_rep", team=north) for n in ("jana", "ole"))
    far = somebody("far", "sales_rep", team=Team.objects.create(name="Süd"))
    lead("hers", assignee=jana, team=north)
    lead("his", assignee=ole, team=north)
    lead("far", assignee=far, team=far.teams.get())
    lead("nobody's")

    viewer = get_viewer(jana)

    assert seen(viewer) == {"hers", "his"}
    assert seen(viewer, May.EDIT) == {"hers"}


def test_what_is_offered_is_seen_by_those_who_are_asked_and_answered_by_them(north: Team) -> None:
    jana, ole = (somebody(n, "sales_rep", team=north) for n in ("jana", "ole"))
    lead("asked jana", asked_person=jana, asked_by_offer=True)
    lead("asked north", asked_team=north, asked_by_offer=True)

    assert seen(get_viewer(jana), May.ANSWER) == {"asked jana", "asked north"}
    assert seen(get_viewer(ole), May.ANSWER) == {"asked north"}
    assert seen(get_viewer(ole)) == {"asked north"}


def test_a_partners_user_never_sees_beyond_the_partner(partner: Partner, north: Team) -> None:
    # Somebody gave him the manager's role by mistake.
    lars = somebody("lars", "partner_user", "sales_manager", partner=partner)
    rep = somebody("rep", "sales_rep", team=north)
    lead("the partner's", assignee=lars, partner=partner)
    lead("offered to the partner", asked_partner=partner, asked_by_offer=True)
    lead("the company's", assignee=rep, team=north)
    lead("nobody's")

    assert seen(get_viewer(lars)) == {"the partner's"}


def test_a_partners_user_answers_for_what_is_offered_and_sees_the_lead_only_afterwards(
    partner: Partner,
) -> None:
    lars = somebody("lars", "partner_manager", partner=partner)
    offered = lead("offered", asked_partner=partner, asked_by_offer=True)
    viewer = get_viewer(lars)

    assert seen(viewer) == set()
    assert gate.find(viewer, May.ANSWER, Case.objects.all(), pk=offered.pk) == offered
    with pytest.raises(Http404):
        gate.find(viewer, May.SEE, Case.objects.all(), pk=offered.pk)


def test_one_of_a_partner_may_be_asked_in_person(partner: Partner) -> None:
    lars, nele = (somebody(name, "partner_user", partner=partner) for name in ("lars", "nele"))
    lead("asked lars", asked_person=lars, asked_by_offer=True)

    assert seen(get_viewer(lars), May.ANSWER) == {"asked lars"}
    assert seen(get_viewer(nele)) == set()


def test_leads_of_nobody_are_seen_with_the_right_to_see_them(north: Team) -> None:
    lead("nobody's")

    assert seen(get_viewer(somebody("boss", "sales_manager"))) == {"nobody's"}
    assert seen(get_viewer(somebody("rep", "sales_rep", team=north))) == set()


def test_somebody_without_a_role_sees_nothing() -> None:
    lead("nobody's")

    assert seen(get_viewer(somebody("new"))) == set()


def test_what_one_may_not_see_does_not_exist_and_what_one_may_not_touch_is_refused(
    north: Team,
) -> None:
    jana, ole = (somebody(n, "sales_rep", team=north) for n in ("jana", "ole"))
    his = lead("his", assignee=ole, team=north)
    hidden = lead("hidden")
    viewer = get_viewer(jana)

    with pytest.raises(PermissionDenied):
        gate.find(viewer, May.EDIT, Case.objects.all(), pk=his.pk)
    for pk in (hidden.pk, 999_999):
        with pytest.raises(Http404):
            gate.find(viewer, May.EDIT, Case.objects.all(), pk=pk)


def test_whoever_works_the_case_works_with_the_contact(north: Team) -> None:
    jana = somebody("jana", "sales_rep", team=north)
    hers, other = (Contact.objects.create(last_name=n, created_at=NOW) for n in ("hers", "other"))
    lead("hers", assignee=jana, team=north, contact=hers)

    contacts = gate.rows(get_viewer(jana), May.SEE, Contact.objects.all())

    assert set(contacts) == {hers}
    assert other not in contacts


def test_internal_notes_stay_inside(partner: Partner) -> None:
    lars = somebody("lars", "partner_user", partner=partner)
    case = lead("shared", assignee=lars, partner=partner)
    Note.objects.create(case=case, text="Kunde zahlt schlecht", written_at=NOW)
    Note.objects.create(case=case, text="Bitte anrufen", written_at=NOW, for_partner=True)

    notes = gate.rows(get_viewer(lars), May.SEE, Note.objects.all())

    assert [n.text for n in notes] == ["Bitte anrufen"]


def test_the_most_permissive_of_several_roles_wins(north: Team) -> None:
    both = get_viewer(somebody("both", "sales_rep", "marketing", team=north))

    assert both.has(Right.IMPORT)
    lead("nobody's")
    assert seen(both) == {"nobody's"}


def test_a_right_one_does_not_have_is_refused(north: Team) -> None:
    with pytest.raises(PermissionDenied):
        gate.require(get_viewer(somebody("rep", "sales_rep", team=north)), Right.SETTINGS)
