"""What machines that watch are told: whether it goes, and the numbers."""

import pytest
from django.test import Client
from pytest_django import Settings

TOKEN = "a-token-for-the-numbers"


@pytest.mark.django_db
def test_health_needs_no_log_in_and_no_known_host(client: Client) -> None:
    answer = client.get("/healthz", headers={"Host": "10.0.0.7"})

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_says_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import DatabaseError, connection  # noqa: PLC0415

    def gone() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", gone)

    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
def test_the_numbers_are_not_there_until_a_token_is_set(client: Client) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_the_numbers_are_for_whoever_knows_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN

    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer else"}).status_code == 401

    client.get("/nowhere")
    numbers = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert numbers.status_code == 200
    lines = numbers.content.decode().splitlines()
    assert "lotse_cases_due 0.0" in lines
    assert any(line.startswith("lotse_requests_total{") for line in lines)
