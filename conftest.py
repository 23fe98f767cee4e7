"""What all tests share: no network but our own machine, and passwords that cost nothing."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings

# How long an example takes says more about the machine than about the rule.
settings.register_profile("lotse", deadline=None)
settings.load_profile("lotse")

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def only_our_own_machine() -> Iterator[None]:
    """Refuse every connection that leaves the machine, with a sentence that names the address."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


@pytest.fixture(autouse=True)
def language_of_the_house() -> Iterator[None]:
    """Let each test begin in the language of the settings, whatever the one before it spoke."""
    translation.deactivate()
    yield
    translation.deactivate()


def _guarded(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_ours(address[0]):
            raise RuntimeError(f"a test wanted to reach {address[0]}; only loopback is allowed")
        return original(self, address)

    return connect


def is_ours(host: str) -> bool:
    return host.startswith(LOOPBACK)
