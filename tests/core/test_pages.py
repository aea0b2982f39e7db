"""Pages for when something is wrong, and the worker that shows one when the network is away."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    """A client whose pages must carry the token, and which is shown a page when the server fails."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(reverse("account_request_login_code"))
    return client


def test_words_of_a_page_that_outlived_its_token_can_be_sent_again(strict: Client) -> None:
    typed = {"email": "a<b@example.org", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(
        reverse("account_request_login_code"), typed, headers={"origin": "http://testserver"}
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<input type="hidden" name="email" value="a&lt;b@example.org">' in page
    assert "Send it again" in page
    assert "x" * 64 not in page


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_words_from_elsewhere_are_never_offered_again(strict: Client, headers: dict[str, str]) -> None:
    answer = strict.post(reverse("account_request_login_code"), {"email": "a@example.org"}, headers=headers)

    assert answer.status_code == 403
    assert "a@example.org" not in answer.content.decode()


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [(RuntimeError, 500, "Something went wrong"), (PermissionDenied, 403, "You cannot open this page")],
)
def test_a_failure_has_a_page_of_our_own(
    strict: Client, monkeypatch: Any, failure: type[Exception], status: int, words: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise failure

    monkeypatch.setattr("apps.core.views.OfflineView.get", fail)
    answer = strict.get(reverse("core:offline"))

    assert answer.status_code == status
    assert f"<h1>{words}" in answer.content.decode()
    assert 'rel="stylesheet"' in answer.content.decode()


def test_an_address_that_does_not_exist_says_so(strict: Client) -> None:
    answer = strict.get("/en/nowhere/")

    assert answer.status_code == 404
    assert "We cannot find this page" in answer.content.decode()


@pytest.mark.parametrize(("asked", "kept"), [("th", "/th/offline/"), ('nonsense";', "/en/offline/")])
def test_the_worker_keeps_the_offline_page_of_its_language(client: Client, asked: str, kept: str) -> None:
    with translation.override("en"):
        answer = client.get(reverse("service-worker"), {"language": asked})

    assert answer["Content-Type"].startswith("text/javascript")
    assert f'const OFFLINE = "{kept}";' in answer.content.decode()
    assert "nonsense" not in answer.content.decode()
