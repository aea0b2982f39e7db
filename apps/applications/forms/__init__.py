"""What applicants type, checked field by field."""

from apps.applications.forms.section import SectionForm
from apps.applications.forms.withdraw import WithdrawForm

__all__ = ["SectionForm", "WithdrawForm"]
