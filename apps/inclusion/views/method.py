"""How figures are counted, what is hidden, and by which rules a release was made."""

from typing import Any

from django.views.generic import TemplateView

from apps.core.access import Access
from apps.inclusion.views.reading import ReleaseReading


class MethodView(ReleaseReading, TemplateView):
    """For everybody: a method tells nothing of anyone."""

    access = Access.PUBLIC
    template_name = "inclusion/release_method.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(release=self.release, query=self.query)
