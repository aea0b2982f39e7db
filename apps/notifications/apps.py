from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from apps.core.access import Access
from apps.core.navigation import register_link


class NotificationsConfig(AppConfig):
    name = "apps.notifications"

    def ready(self) -> None:
        import_module("apps.notifications.subscriptions").listen()
        register_link(_("Delivery log"), "notifications:delivery-log", Access.COORDINATOR, order=60)
