"""Where allauth asks us how we do things."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts open by the code page alone."""
        return False

    def generate_login_code(self) -> str:
        """Six digits: what fits a small screen; five tries and ten minutes bound the guessing."""
        return f"{secrets.randbelow(10**6):06d}"
