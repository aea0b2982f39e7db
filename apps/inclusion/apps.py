from django.apps import AppConfig


class InclusionConfig(AppConfig):
    name = "apps.inclusion"
