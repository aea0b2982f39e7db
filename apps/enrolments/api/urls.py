from django.urls import path

from apps.enrolments.api import taking_part, views

ONE = "<uuid:public_id>"
RUN = f"enrolments/run/{ONE}"
urlpatterns = [
    path(f"offers/{ONE}/accept/", views.AcceptView.as_view(), name="offer-accept"),
    path("enrolments/", views.EnrolmentListView.as_view(), name="enrolment-list"),
    path("enrolments/run/", views.RosterView.as_view(), name="roster"),
    path(f"enrolments/{ONE}/", taking_part.EnrolmentView.as_view(), name="enrolment"),
    path(f"enrolments/{ONE}/withdraw/", taking_part.WithdrawView.as_view(), name="enrolment-withdraw"),
    path(f"{RUN}/", taking_part.StaffEnrolmentView.as_view(), name="run-enrolment"),
    path(f"{RUN}/complete/", taking_part.CompleteView.as_view(), name="enrolment-complete"),
    path(f"{RUN}/end/", taking_part.EndView.as_view(), name="enrolment-end"),
    path(f"{RUN}/leave/start/", taking_part.LeaveStartView.as_view(), name="leave-start"),
    path(f"{RUN}/leave/end/", taking_part.LeaveEndView.as_view(), name="leave-end"),
    path(f"{RUN}/reopen/", taking_part.ReopenView.as_view(), name="enrolment-reopen"),
    path(f"intakes/{ONE}/complete/", taking_part.CompleteReadyView.as_view(), name="complete-ready"),
]
