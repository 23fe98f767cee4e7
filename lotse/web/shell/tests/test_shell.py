"""The shell: places by rights, language, theme, notices, errors, and a strict content policy."""

import pytest
from django.test import Client

from lotse.access.viewer import get_viewer
from lotse.records.activities.facts import TaskDone
from lotse.records.outbox.models import Notice
from lotse.records.outbox.services import notify
from lotse.records.people.models import User
from lotse.web.navigation import links_for
from lotse.web.tests.cast import NOW, somebody

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def jana(client: Client) -> User:
    user = somebody("jana", "sales_rep")
    client.force_login(user, backend=BACKEND)
    return user


def test_the_page_speaks_the_language_of_the_profile(client: Client, jana: User) -> None:
    german = client.get("/keyboard/").content.decode()
    client.post("/language/", {"language": "en"})
    english = client.get("/keyboard/").content.decode()

    assert '<html lang="de"' in german
    assert "Tastenkürzel" in german
    assert '<html lang="en"' in english
    assert "Keyboard shortcuts" in english


def test_a_visitor_may_choose_the_language_too(client: Client) -> None:
    client.post("/language/", {"language": "en"})

    assert "Sign in" in client.get("/login/").content.decode()


def test_the_theme_is_rendered_by_the_server(client: Client, jana: User) -> None:
    client.post("/theme/", {"theme": "dark"})

    assert 'data-theme="dark"' in client.get("/keyboard/").content.decode()


def test_a_theme_nobody_knows_changes_nothing(client: Client, jana: User) -> None:
    client.post("/theme/", {"theme": "pink"})

    jana.refresh_from_db()
    assert jana.theme == "system"


def test_places_are_left_out_where_the_rights_are_missing() -> None:

    def names(*roles: str) -> set[str]:
        viewer = get_viewer(somebody("-".join(roles), *roles))
        return {link.place.name for _group, links in links_for(viewer, "/") for link in links}

    assert "settings" not in names("sales_rep")
    assert names("partner_user") <= names("administrator")


def test_notices_are_told_and_marked_as_read(client: Client, jana: User) -> None:
    notify([jana.pk, None], TaskDone(task_id=1), case_id=None, now=NOW)

    page = client.get("/notices/").content.decode()
    client.post("/notices/reading/")

    assert "data-unread" in page
    assert not Notice.objects.filter(read_at=None).exists()


def test_what_is_not_there_is_a_page_of_ours(client: Client, jana: User) -> None:
    answer = client.get("/gibt-es-nicht/")

    assert answer.status_code == 404
    assert "Das gibt es hier nicht" in answer.content.decode()


def test_the_content_policy_allows_nothing_from_elsewhere(client: Client, jana: User) -> None:
    policy = client.get("/keyboard/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_names_are_text_wherever_they_stand(client: Client, jana: User) -> None:
    User.objects.update(name='"><img src=x onerror=window.pwned=1>')

    page = client.get("/profile/").content.decode()

    assert "<img" not in page
