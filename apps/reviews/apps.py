from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class ReviewsConfig(AppConfig):
    name = "apps.reviews"

    def ready(self) -> None:
        import_module("apps.reviews.subscriptions").listen()
        register_link(_("My reviews"), "reviews:queue", Access.REVIEWER, order=30)
        register_link(_("My ties"), "reviews:ties", Access.REVIEWER, order=31)
