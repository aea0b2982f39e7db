from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    name = "apps.enrolments"
