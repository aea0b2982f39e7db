"""Entry point of the web processes."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talentplatform.settings.production")
application = get_wsgi_application()
# Every page's code is loaded now, before the web workers are forked, and not with their first requests.
get_resolver().url_patterns  # noqa: B018  looking at it loads it
