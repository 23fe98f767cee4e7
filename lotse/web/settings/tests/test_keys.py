"""Keys of interfaces: the secret is shown once, opens what its role allows, and nothing once revoked."""

import pytest
from django.test import Client

from lotse.access.presets import install
from lotse.records.journal.models import Entry
from lotse.records.people.keys import find_key
from lotse.records.people.models import ApiKey, Role, User
from lotse.web.tests.cast import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client: Client) -> User:
    install()
    user = somebody("Ines Ihle", "administrator", language="de")
    client.force_login(user)
    return user


def test_the_secret_is_shown_once(client: Client, ines: User) -> None:
    role = Role.objects.get(key="marketing")

    answer = client.post("/settings/keys/", {"name": "Website", "role": role.pk})

    secret = answer.context["secret"]
    found = find_key(secret)
    assert found is not None
    assert list(found.grants) == [(role.matrix, role.rights)]
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in client.get("/settings/keys/").content.decode()
    assert secret not in str(list(Entry.objects.values()))
    assert Entry.objects.get().kind == "list.added"


def test_a_revoked_key_opens_nothing(client: Client, ines: User) -> None:
    role = Role.objects.get(key="marketing")
    secret = client.post("/settings/keys/", {"name": "Website", "role": role.pk}).context["secret"]
    key = ApiKey.objects.get()

    client.post(f"/settings/keys/{key.pk}/revocation/")
    client.post(f"/settings/keys/{key.pk}/revocation/")

    assert find_key(secret) is None
    assert "widerrufen" in client.get("/settings/keys/").content.decode()
    assert Entry.objects.filter(kind="list.removed").count() == 1


def test_two_standing_keys_do_not_share_a_name(client: Client, ines: User) -> None:
    role = Role.objects.get(key="marketing")
    client.post("/settings/keys/", {"name": "Website", "role": role.pk})

    answer = client.post("/settings/keys/", {"name": "website", "role": role.pk})

    assert answer.status_code == 422
    assert ApiKey.objects.count() == 1


def test_whoever_keeps_only_the_settings_hands_out_no_role(client: Client) -> None:
    user = somebody("Sven Ahrens")
    user.roles.add(Role.objects.create(key="lists", name_de="L", name_en="L", rights=["settings"]))
    client.force_login(user)

    assert client.get("/settings/").status_code == 200
    assert client.get("/settings/keys/").status_code == 403
    assert client.get("/settings/roles/").status_code == 403
    assert "Schnittstellen" not in client.get("/settings/").content.decode()


def test_no_role_is_chosen_beforehand(client: Client, ines: User) -> None:
    """Who only types a name must not hand out the first role of the list, which may do everything."""
    assert '<option value="" selected>' in client.get("/settings/keys/").content.decode()
    answer = client.post("/settings/keys/", {"name": "Website", "role": ""})

    assert answer.status_code == 422
    assert "role" in answer.context["form"].errors
    assert not ApiKey.objects.exists()
