"""How good the answers behind a release are."""

from typing import Any

from django.views.generic import TemplateView

from apps.inclusion.selectors import sheet_of
from apps.inclusion.views.dashboard import WATCHERS
from apps.inclusion.views.quality_sections import quality_sections
from apps.inclusion.views.reading import ReleaseReading


class QualityView(ReleaseReading, TemplateView):
    """Of the whole: parts are too small for most of it."""

    access = WATCHERS
    template_name = "inclusion/release_quality.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = quality_sections(sheet_of(self.release)) if self.release else []
        return super().get_context_data(release=self.release, sections=sections, query=self.query)
