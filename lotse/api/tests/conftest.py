"""A company, a machine that acts for one of its people, and how it asks."""

import json
from typing import Any

import pytest
from django.test import Client

from lotse.kernel import clock
from lotse.records.people.keys import create_key
from lotse.records.people.models import User
from tests.world import World


class Machine:
    """Asks with the key of a person or role; answers are read as JSON."""

    def __init__(self, secret: str) -> None:
        self._client = Client(
            headers={"authorization": f"Bearer {secret}", "accept-language": "en"}
        )

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[Any, Any]:
        data = "" if body is None else json.dumps(body)
        response = self._client.generic(
            method, f"/api{path}", data, "application/json", headers=headers
        )
        is_json = "json" in response.headers.get("Content-Type", "")
        return response, json.loads(response.content) if is_json and response.content else None

    def get(self, path: str) -> tuple[Any, Any]:
        return self.ask("GET", path)

    def post(self, path: str, body: Any, **headers: str) -> tuple[Any, Any]:
        return self.ask("POST", path, body, **headers)


def machine_of(user: User) -> Machine:
    _, secret = create_key(name="Test", user=user, now=clock.read())
    return Machine(secret)


@pytest.fixture
def world(db: None) -> World:
    return World()
