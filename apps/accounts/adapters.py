"""Where allauth asks us how we do things."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from apps.accounts.roles import viewer_for
from apps.core.navigation import staff_links


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts open by the code page alone."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff come to the first of their pages; who came from a page goes back there instead."""
        links = staff_links(viewer_for(request.user), path="")
        return str(links[0]["url"]) if links else super().get_login_redirect_url(request)

    def generate_login_code(self) -> str:
        """Six digits: what fits a small screen; five tries and ten minutes bound the guessing."""
        return f"{secrets.randbelow(10**6):06d}"
