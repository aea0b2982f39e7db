from django.apps import AppConfig


class ScholarshipsConfig(AppConfig):
    name = "apps.scholarships"
