"""`make demo`: production's settings on one machine without HTTPS, with sample people to sign in as."""

from talentplatform.settings.production import *

DEMO = True
#: Mail lands in a page of the demo instead of leaving the machine.
MAIL_TRANSPORT = "mailbox"
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
#: A passkey can be tried on localhost, which has no HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
