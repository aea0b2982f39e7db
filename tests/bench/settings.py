"""The demo's settings, which are production's, for a visitor who is eight hundred people at one address."""

from talentplatform.settings.demo import *

#: The limits stay on, so that their cost is measured, and are never reached.
ACCOUNT_RATE_LIMITS = {"request_login_code": "100000/m/ip,20/m/key", "login_failed": "100000/m/ip"}
