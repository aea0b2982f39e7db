"""Which applications can be decided on."""

from apps.applications.enums import ApplicationStatus

#: What can be decided on.
RANKED = (ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW, ApplicationStatus.DECIDED)
