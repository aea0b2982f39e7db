from django.urls import path

from apps.applications.views.carrying import ApplyAgainView, NewestFormView
from apps.applications.views.confirming import ConfirmationScanView, ConfirmView
from apps.applications.views.form_setup import FormSectionView, FormSetupView
from apps.applications.views.handing_over import MyHelperView, TakeOverView
from apps.applications.views.helping import HelpedView, HelperDeskView, StartForSomeoneView
from apps.applications.views.information import (
    AskInformationView,
    EligibilityView,
    InformationStaffView,
    InformationView,
)
from apps.applications.views.sections import ClaimView, SectionView, StartView, TaskListView
from apps.applications.views.sending import CheckView, DocumentView, PrintView, SentView, WithdrawView

app_name = "applications"
urlpatterns = [
    path("forms/<uuid:public_id>/", FormSetupView.as_view(), name="form-setup"),
    path("forms/<uuid:public_id>/<slug:section>/", FormSectionView.as_view(), name="form-section-setup"),
    path("start/<uuid:public_id>/", StartView.as_view(), name="start"),
    path("helping/", HelperDeskView.as_view(), name="helper-desk"),
    path("helping/start/", StartForSomeoneView.as_view(), name="helper-start"),
    path("information/<uuid:public_id>/", InformationStaffView.as_view(), name="information-staff"),
    path("<uuid:public_id>/helped/", HelpedView.as_view(), name="helped"),
    path("<uuid:public_id>/confirm/", ConfirmView.as_view(), name="confirm"),
    path(
        "<uuid:public_id>/confirmations/<uuid:confirmation_id>/",
        ConfirmationScanView.as_view(),
        name="confirmation-scan",
    ),
    path("<uuid:public_id>/take-over/", TakeOverView.as_view(), name="take-over"),
    path("<uuid:public_id>/helper/", MyHelperView.as_view(), name="my-helper"),
    path("<uuid:public_id>/eligibility/", EligibilityView.as_view(), name="eligibility"),
    path("<uuid:public_id>/information/", InformationView.as_view(), name="information"),
    path("<uuid:public_id>/information/ask/", AskInformationView.as_view(), name="information-ask"),
    path("<uuid:public_id>/", TaskListView.as_view(), name="task-list"),
    path("<uuid:public_id>/claim/", ClaimView.as_view(), name="claim"),
    path("<uuid:public_id>/again/", ApplyAgainView.as_view(), name="apply-again"),
    path("<uuid:public_id>/newest-form/", NewestFormView.as_view(), name="newest-form"),
    path("<uuid:public_id>/print/", PrintView.as_view(), name="print"),
    path("<uuid:public_id>/check/", CheckView.as_view(), name="check"),
    path("<uuid:public_id>/sent/", SentView.as_view(), name="sent"),
    path("<uuid:public_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", DocumentView.as_view(), name="document"),
    path("<uuid:public_id>/sections/<slug:section>/", SectionView.as_view(), name="section"),
]
