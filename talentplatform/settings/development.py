"""For the people who work on the code: errors in full, nothing leaves the machine."""

from talentplatform.settings.base import *
from talentplatform.settings.base import STORAGES

DEBUG = True
SECRET_KEY = "only-for-development-" + "x" * 50
FIELD_ENCRYPTION_KEYS = ["b25seS1mb3ItZGV2ZWxvcG1lbnQtb25seS1mb3ItZGU="]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
