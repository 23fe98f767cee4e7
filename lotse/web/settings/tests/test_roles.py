"""Roles: a matrix that is changed cell by cell; nobody can lock everybody out."""

import pytest
from django.test import Client

from lotse.access.policy import PRESETS
from lotse.access.presets import install
from lotse.records.journal.models import Entry
from lotse.records.people.models import Role, User
from lotse.web.settings.role_form import RIGHTS, RoleForm
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    install()
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


def posted(role: Role, **changes: str) -> dict[str, object]:
    form = RoleForm(instance=role)
    values = {name: form[name].value() for name in form.fields}
    return {n: v for n, v in values.items() if v is not None} | changes


def test_every_preset_is_shown(client: Client, ines: User) -> None:
    page = client.get("/settings/roles/").content.decode()

    for german, _english, _matrix, _rights in PRESETS.values():
        assert german in page


def test_every_right_of_the_policy_can_be_given() -> None:
    assert {right for right, _ in RIGHTS} == set(PRESETS["administrator"][3])


@pytest.mark.parametrize("key", sorted(set(PRESETS) - {"administrator"}))
def test_saving_a_preset_as_it_stands_changes_nothing(client: Client, ines: User, key: str) -> None:
    role = Role.objects.get(key=key)

    assert client.post(f"/settings/roles/{role.pk}/", posted(role)).status_code == 302

    role.refresh_from_db()
    assert (role.matrix, role.rights) == PRESETS[key][2:]
    assert not Entry.objects.exists()


def test_one_cell_is_changed(client: Client, ines: User) -> None:
    role = Role.objects.get(key="sales_rep")

    client.post(f"/settings/roles/{role.pk}/", posted(role, **{"lead-export": "team"}))

    role.refresh_from_db()
    assert role.matrix["lead"]["export"] == "team"
    assert role.matrix["lead"]["see"] == "team"
    assert Entry.objects.get().data["fields"] == ["matrix"]


def test_a_level_nobody_knows_is_refused(client: Client, ines: User) -> None:
    role = Role.objects.get(key="sales_rep")

    answer = client.post(f"/settings/roles/{role.pk}/", posted(role, **{"lead-see": "world"}))

    assert answer.status_code == 422


def test_the_administrator_stays_as_it_is(client: Client, ines: User) -> None:
    role = Role.objects.get(key="administrator")

    client.post(f"/settings/roles/{role.pk}/", posted(role, **{"lead-see": "none"}))

    role.refresh_from_db()
    assert role.matrix == PRESETS["administrator"][2]


def test_a_role_is_made(client: Client, ines: User) -> None:
    nobody = posted(Role(name_de="Innendienst", name_en="Back office"), **{"lead-see": "all"})

    client.post("/settings/roles/new/", nobody)

    role = Role.objects.get(key="back-office")
    assert role.matrix["lead"]["see"] == "all"
    assert role.rights == []


def test_two_roles_do_not_share_a_name(client: Client, ines: User) -> None:
    typed = posted(Role(name_de="Vertrieb", name_en="Other"))

    assert client.post("/settings/roles/new/", typed).status_code == 422
