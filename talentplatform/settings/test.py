"""Settings of the test suite: production's code paths, with servers of our own and no waiting."""

from talentplatform.settings.base import *
from talentplatform.settings.base import CACHES, DATABASES, STORAGES, env

SECRET_KEY = "only-for-tests-" + "x" * 50
FIELD_ENCRYPTION_KEYS = ["dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktMTIzNCE="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
#: Several suites may share one server: each names its own database.
DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE_NAME", default="test_talent")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
#: Tests of pages sign staff in directly; tests of the second step turn this on again.
STAFF_NEED_SECOND_STEP = False
#: Static files come from where they lie: tests collect nothing.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

#: Every test begins with an empty cache: suites that run side by side each empty their own.
CACHES["default"]["OPTIONS"] = {"db": 2 + int(env("PYTEST_XDIST_WORKER", default="gw0").removeprefix("gw"))}
#: Tests make countries of their own; none may see those of another.
CACHES["process"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
