from django.urls import path

from apps.enrolments.views.participant import EnrolmentDetailView, EnrolmentWithdrawView, OfferAcceptView
from apps.enrolments.views.staff import (
    CompleteReadyView,
    EnrolmentCompleteView,
    EnrolmentEndView,
    EnrolmentManageView,
    EnrolmentReopenView,
    IntakeListView,
    LeaveEndView,
    LeaveStartView,
    ProgramTermsView,
    RosterCsvView,
    RosterView,
)
from apps.enrolments.views.support import MySupportView, SupportEndView, SupportListView

app_name = "enrolments"
urlpatterns = [
    path("offers/<uuid:public_id>/accept/", OfferAcceptView.as_view(), name="offer-accept"),
    path("programs/<uuid:public_id>/terms/", ProgramTermsView.as_view(), name="program-terms"),
    path("intakes/", IntakeListView.as_view(), name="intake-list"),
    path("intakes/<uuid:public_id>/roster/", RosterView.as_view(), name="roster"),
    path("intakes/<uuid:public_id>/roster.csv", RosterCsvView.as_view(), name="roster-csv"),
    path("intakes/<uuid:public_id>/complete/", CompleteReadyView.as_view(), name="complete-ready"),
    path("support/", SupportListView.as_view(), name="support-list"),
    path("support/<uuid:public_id>/", SupportEndView.as_view(), name="support-end"),
    path("<uuid:public_id>/support/", MySupportView.as_view(), name="my-support"),
    path("<uuid:public_id>/", EnrolmentDetailView.as_view(), name="enrolment-detail"),
    path("<uuid:public_id>/withdraw/", EnrolmentWithdrawView.as_view(), name="enrolment-withdraw"),
    path("<uuid:public_id>/manage/", EnrolmentManageView.as_view(), name="enrolment-manage"),
    path("<uuid:public_id>/complete/", EnrolmentCompleteView.as_view(), name="enrolment-complete"),
    path("<uuid:public_id>/end/", EnrolmentEndView.as_view(), name="enrolment-end"),
    path("<uuid:public_id>/reopen/", EnrolmentReopenView.as_view(), name="enrolment-reopen"),
    path("<uuid:public_id>/leave/start/", LeaveStartView.as_view(), name="leave-start"),
    path("<uuid:public_id>/leave/end/", LeaveEndView.as_view(), name="leave-end"),
]
