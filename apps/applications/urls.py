from django.urls import path

from apps.applications.views.carrying import ApplyAgainView, NewestFormView
from apps.applications.views.confirming import ConfirmationScanView, ConfirmView
from apps.applications.views.deadlines import DeadlineExtendView
from apps.applications.views.declaring import DeclarationView
from apps.applications.views.form_publish import FormDiscardView, FormPreviewView, FormPublishView
from apps.applications.views.form_question import FormQuestionView, FormTextsView
from apps.applications.views.form_setup import FormSectionView, FormSetupView
from apps.applications.views.form_workbook import FormExportView, FormImportReportView, FormImportView
from apps.applications.views.guardians import GuardianPapersView, GuardianPaperView, GuardianView
from apps.applications.views.handing_over import MyHelperView, TakeOverView
from apps.applications.views.helping import HelpedView, HelperDeskView, StartForSomeoneView
from apps.applications.views.information import (
    AskInformationView,
    EligibilityView,
    InformationStaffView,
    InformationView,
)
from apps.applications.views.pages import PagesView
from apps.applications.views.permissions import AskedConsentsView, GuardianAskView, PermissionsView
from apps.applications.views.referee import AnswerView, ClosedView, DeclineView, LinkView
from apps.applications.views.reference_setup import PaperView, ReferenceTermsView, WaiveView
from apps.applications.views.references import RefereesView, ReferenceActView, ReferenceReplaceView
from apps.applications.views.sections import ClaimView, SectionView, StartView, TaskListView
from apps.applications.views.sending import CheckView, DocumentView, PrintView, SentView, WithdrawView
from apps.applications.views.support import SupportView
from apps.applications.views.uploads import UploadsView, UploadView

app_name = "applications"
urlpatterns = [
    path("more-time/<uuid:public_id>/", DeadlineExtendView.as_view(), name="deadline-extend"),
    path("forms/<uuid:public_id>/", FormSetupView.as_view(), name="form-setup"),
    path("consents/<uuid:public_id>/", AskedConsentsView.as_view(), name="asked-consents"),
    path("guardian/<str:token>/", GuardianView.as_view(), name="guardian"),
    path("guardian-papers/", GuardianPapersView.as_view(), name="guardian-papers"),
    path("guardian-papers/<uuid:public_id>/", GuardianPaperView.as_view(), name="guardian-paper"),
    path("<uuid:public_id>/permissions/", PermissionsView.as_view(), name="permissions"),
    path("<uuid:public_id>/guardian/", GuardianAskView.as_view(), name="guardian-ask"),
    path("<uuid:public_id>/support/", SupportView.as_view(), name="support"),
    path("forms/<uuid:public_id>/publish/", FormPublishView.as_view(), name="form-publish"),
    path("forms/<uuid:public_id>/discard/", FormDiscardView.as_view(), name="form-discard"),
    path("forms/<uuid:public_id>/import/", FormImportView.as_view(), name="form-import"),
    path(
        "forms/<uuid:public_id>/import/<uuid:token>/",
        FormImportReportView.as_view(),
        name="form-import-report",
    ),
    path("forms/<uuid:public_id>/export/", FormExportView.as_view(), name="form-export"),
    path(
        "forms/<uuid:public_id>/sections/<slug:section>/",
        FormSectionView.as_view(),
        name="form-section-setup",
    ),
    path(
        "forms/<uuid:public_id>/sections/<slug:section>/preview/",
        FormPreviewView.as_view(),
        name="form-preview",
    ),
    path(
        "forms/<uuid:public_id>/sections/<slug:section>/texts/<slug:language>/",
        FormTextsView.as_view(),
        name="form-texts",
    ),
    path(
        "forms/<uuid:public_id>/sections/<slug:section>/add/",
        FormQuestionView.as_view(),
        name="form-question-add",
    ),
    path(
        "forms/<uuid:public_id>/sections/<slug:section>/questions/<slug:key>/",
        FormQuestionView.as_view(),
        name="form-question-setup",
    ),
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
    path("<uuid:public_id>/declaration/", DeclarationView.as_view(), name="declaration"),
    path("<uuid:public_id>/eligibility/", EligibilityView.as_view(), name="eligibility"),
    path("<uuid:public_id>/information/", InformationView.as_view(), name="information"),
    path("<uuid:public_id>/information/ask/", AskInformationView.as_view(), name="information-ask"),
    path("references/<uuid:public_id>/terms/", ReferenceTermsView.as_view(), name="reference-terms"),
    path("references/<uuid:public_id>/paper/", PaperView.as_view(), name="reference-paper"),
    path("referee/closed/", ClosedView.as_view(), name="referee-closed"),
    path("referee/answer/<uuid:public_id>/", AnswerView.as_view(), name="referee-answer"),
    path("referee/answer/<uuid:public_id>/decline/", DeclineView.as_view(), name="referee-decline"),
    path("referee/<path:token>", LinkView.as_view(), name="referee-link"),
    path("<uuid:public_id>/", TaskListView.as_view(), name="task-list"),
    path("<uuid:public_id>/claim/", ClaimView.as_view(), name="claim"),
    path("<uuid:public_id>/again/", ApplyAgainView.as_view(), name="apply-again"),
    path("<uuid:public_id>/newest-form/", NewestFormView.as_view(), name="newest-form"),
    path("<uuid:public_id>/print/", PrintView.as_view(), name="print"),
    path("<uuid:public_id>/check/", CheckView.as_view(), name="check"),
    path("<uuid:public_id>/sent/", SentView.as_view(), name="sent"),
    path("<uuid:public_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", DocumentView.as_view(), name="document"),
    path("<uuid:public_id>/references/", RefereesView.as_view(), name="references"),
    path("<uuid:public_id>/references/waive/", WaiveView.as_view(), name="references-waive"),
    path(
        "<uuid:public_id>/references/<uuid:reference_id>/",
        ReferenceActView.as_view(),
        name="reference-act",
    ),
    path(
        "<uuid:public_id>/references/<uuid:reference_id>/replace/",
        ReferenceReplaceView.as_view(),
        name="reference-replace",
    ),
    path("<uuid:public_id>/uploads/", UploadsView.as_view(), name="uploads"),
    path("<uuid:public_id>/uploads/<uuid:upload_id>/", UploadView.as_view(), name="upload"),
    path("<uuid:public_id>/pages/<slug:question>/", PagesView.as_view(), name="pages"),
    path("<uuid:public_id>/sections/<slug:section>/", SectionView.as_view(), name="section"),
]
