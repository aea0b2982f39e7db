"""What every environment shares. Values that differ come from the environment, never from code."""

from pathlib import Path
from typing import Any

import environ
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from talentplatform.settings.api import *
from talentplatform.settings.celery import *
from talentplatform.settings.languages import EXTRA_LANG_INFO

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

DEBUG = False
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=[])
SITE_URL = env("DJANGO_SITE_URL", default="http://localhost:8000")
#: Under which terms released figures may be used again, in one line. Stands in every file of figures.
FIGURES_LICENCE = env("FIGURES_LICENCE", default="")
#: Proxies of ours that a request passes and that each add to X-Forwarded-For; limits count what is beyond.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ROOT_URLCONF = "talentplatform.urls"
WSGI_APPLICATION = "talentplatform.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LOCAL_APPS = [
    "apps.core",
    "apps.events",
    "apps.places",
    "apps.accounts",
    "apps.people",
    "apps.programs",
    "apps.applications",
    "apps.reviews",
    "apps.selection",
    "apps.enrolments",
    "apps.scholarships",
    "apps.courses",
    "apps.cohorts",
    "apps.notifications",
    "apps.inclusion",
    "apps.records",
    "apps.portal",
]
INSTALLED_APPS = [
    *LOCAL_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "talentplatform.staticfiles.OwnStaticFilesConfig",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "csp",
    "anymail",
]

#: Order matters: WhiteNoise answers static files before anything else; the locale is known before
#: a view is chosen; access is checked last, when the user and the view are both known.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.core.middleware.RefuseBadTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.core.middleware.DomainErrorMiddleware",
    "apps.accounts.middleware.AccessMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "apps.core.templatetags.ui",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres:///talent"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})

#: Broker and cache must not share a database: the cache may evict, the broker must not.
REDIS_URL = env("REDIS_URL", default="redis://localhost:6379")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("REDIS_CACHE_URL", default=REDIS_URL),
        "OPTIONS": {"db": env.int("REDIS_CACHE_DB", default=1)},
        "KEY_PREFIX": "tp",
    },
    #: In each process's own memory: for what never changes between two releases, such as country names.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}

#: Celery spells a unix socket in its own way.
CELERY_BROKER_URL = env(
    "CELERY_BROKER_URL",
    default=REDIS_URL.replace("unix://", "redis+socket://", 1)
    if REDIS_URL.startswith("unix:")
    else REDIS_URL,
)

#: All mail is a row in the outbox first; MAIL_TRANSPORT says how it leaves: smtp, console, mailbox, or
#: the dotted path of a Django mail backend such as anymail's.
EMAIL_BACKEND = "apps.notifications.backends.OutboxEmailBackend"
MAIL_TRANSPORT = env("MAIL_TRANSPORT", default="console")
#: A worker that dies keeps its messages for this long; longer than any batch can take.
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", default=300)
#: Minutes between a release and its first notice, in which pausing it stops every one of them.
NOTICE_DELAY_MINUTES = env.int("NOTICE_DELAY_MINUTES", default=0)
#: Settings of anymail's mail backends as one JSON object, such as {"MAILGUN_API_KEY": "…"}.
ANYMAIL = env.json("ANYMAIL", default={})
SMS_TRANSPORT = env("SMS_TRANSPORT", default="console")
MAIL_DOMAIN = env("MAIL_DOMAIN", default="talent.example.org")
MAIL_SENDER_NAME = env("MAIL_SENDER_NAME", default="Talent platform")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"no-reply@{MAIL_DOMAIN}")
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)

SESSION_ENGINE = "apps.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.core.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

_NONE, _SELF = "'none'", "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_NONE],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:"],
        "connect-src": [_SELF],
        "form-action": [_SELF],
        "base-uri": [_NONE],
        "frame-ancestors": [_NONE],
        "manifest-src": [_SELF],
        "worker-src": [_SELF],
    }
}

#: OWASP's minimum for argon2id is far cheaper than Django's default; staff only, so the cost is
#: bounded in apps.accounts.hashers (docs/adr/0007-password-hash-cost.md).
PASSWORD_HASHERS = [
    "apps.accounts.hashers.LeanArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = [
    "apps.accounts.backends.EmailBackend",
    "apps.accounts.backends.CodeBackend",
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MEDIA_ROOT = env.path("DJANGO_MEDIA_ROOT", default=VAR_DIR / "media")

#: Where uploads lie until they have arrived whole and passed. They are appended to, so it is a disk that
#: all web processes share; without a place of its own it is a folder beside the documents.
QUARANTINE_ROOT = env("DJANGO_QUARANTINE_ROOT", default="")
#: clamd, as "host:port" or "unix:/path"; empty means that the inspection of apps.applications is all.
CLAMAV_ADDRESS = env("CLAMAV_ADDRESS", default="")

STATIC_URL = "/static/"
STATIC_ROOT = env.path("DJANGO_STATIC_ROOT", default=VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "quarantine": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if QUARANTINE_ROOT:
    STORAGES["quarantine"]["OPTIONS"] = {"location": QUARANTINE_ROOT}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANG_INFO.update(EXTRA_LANG_INFO)
LANGUAGE_CODE = "en"
#: The twelve of the program, each with a catalogue that is complete for the pages of applicants.
LANGUAGES = [
    ("en", _("English")),
    ("id", _("Indonesian")),
    ("ms", _("Malay")),
    ("fil", _("Filipino")),
    ("th", _("Thai")),
    ("vi", _("Vietnamese")),
    ("km", _("Khmer")),
    ("lo", _("Lao")),
    ("my", _("Burmese")),
    ("zh-hans", _("Simplified Chinese")),
    ("pt", _("Portuguese")),
    ("tet", _("Tetum")),
]
#: Languages whose words for consent, eligibility and decisions a person has checked.
FORMAL_LANGUAGES = {"en"}
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["talentplatform.formats"]

#: Views of libraries that carry their own sign-in rules; everything else must declare `access`.
VIEWS_GUARDED_ELSEWHERE = (
    "allauth.",
    "drf_spectacular.",
    "django.views.static",
    "talentplatform.staticfiles.OwnStaticFilesConfig",
)
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
#: Applicants sign in by a code; staff by password and a second step (apps.accounts.middleware).
STAFF_NEED_SECOND_STEP = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "apps.accounts.forms.RequestCodeForm",
    "confirm_login_code": "apps.accounts.forms.ConfirmCodeForm",
    "login": "apps.accounts.forms.StaffLoginForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Talent platform"
#: True only for `make demo`: sample staff may sign in without a second factor, under a banner.
DEMO = False
