"""Which static files of libraries we serve: only those a page of ours loads."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class OwnStaticFilesConfig(StaticFilesConfig):
    #: The second documentation viewer and the browsable API are served by nobody.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework", "*es-bundle*"]
