"""Pages of applicants in every language: they fit a phone, say their language, and leave no word in English."""

import gettext
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from playwright.sync_api import Page

from apps.accounts.models import User
from apps.applications.models import Application
from apps.applications.selectors import form_of
from apps.applications.services import start_draft
from apps.core.actors import user_actor
from tests.factories.programs import EligibilityRuleFactory, IntakeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
#: Marks above and below a letter, as tall as a Khmer syllable gets.
TALL = "\u0302\u0331"


class Pseudo(trans_real.DjangoTranslation):
    """English, forty per cent longer and taller: what a word costs in the longest of our languages."""

    def __init__(self) -> None:
        gettext.NullTranslations.__init__(self)

    def to_language(self) -> str:
        return "tet"

    def _longer(self, text: str) -> str:
        """The same word again, so that it may break where words of that language break."""
        words = text.split()
        more = " ".join(words[: max(1, round(len(words) * 0.4))])
        return f"{text} {more[: max(2, int(len(text) * 0.4))]}{TALL}" if words else text

    def gettext(self, message: str) -> str:
        return self._longer(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self._longer(one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self._longer(message)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Stands in for Tetum, so that addresses and `lang` are those of a language there is."""
    monkeypatch.setitem(trans_real._translations, "tet", Pseudo())
    yield "tet"
    translation.activate("en")


@pytest.fixture
def draft(applicant: User) -> Application:
    call_command("load_places", verbosity=0)
    intake = IntakeFactory()
    EligibilityRuleFactory(intake=intake, key="english")
    return start_draft(intake=intake, user=applicant, language="en", actor=user_actor(applicant))


def addresses(draft: Application, language: str) -> list[str]:
    with translation.override(language):
        place = [draft.intake.program.slug, draft.intake.slug]
        own = [draft.public_id]
        names = ("task-list", "check", "permissions", "support", "print", "withdraw")
        return [
            reverse("portal:home"),
            reverse("programs:catalogue"),
            reverse("programs:program-detail", args=place),
            reverse("programs:eligibility", args=place),
            *(reverse(f"applications:{name}", args=own) for name in names),
            *(reverse("applications:section", args=[*own, part.key]) for part in form_of(draft).sections),
            reverse("portal:my-applications"),
            reverse("notifications:message-list"),
            reverse("accounts:account"),
        ]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_words_forty_per_cent_longer_still_fit_a_phone(
    draft: Application, applicant: User, at_desk: Callable[[User], Page], pseudo: str
) -> None:
    page = at_desk(applicant)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in addresses(draft, pseudo):
        page.goto(address)
        assert TALL in page.inner_text("body"), address
        assert fits(page), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language_of_its_address(
    draft: Application, applicant: User, at_desk: Callable[[User], Page], language: str
) -> None:
    page = at_desk(applicant)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in addresses(draft, language):
        page.goto(address)
        assert page.evaluate("document.documentElement.lang") == language, address
        assert fits(page), address
