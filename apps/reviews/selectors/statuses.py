"""Which statuses mean what to whom."""

from apps.applications.enums import ApplicationStatus
from apps.reviews.enums import OPEN_TO_REVIEWER, AssignmentStatus

#: What a reviewer still has to do, first what is begun.
TO_DO = (AssignmentStatus.REOPENED, AssignmentStatus.IN_PROGRESS, AssignmentStatus.ASSIGNED)


#: Assignments that count towards the readers an application has.
COUNTS = tuple(OPEN_TO_REVIEWER)


REVIEWABLE = (ApplicationStatus.ELIGIBLE, ApplicationStatus.IN_REVIEW)


#: What the progress list is about: everything that is or was read.
READ = (*REVIEWABLE, ApplicationStatus.DECIDED)
