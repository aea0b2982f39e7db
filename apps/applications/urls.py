from django.urls import path

from apps.applications.views.carrying import ApplyAgainView, NewestFormView
from apps.applications.views.form_publish import FormDiscardView, FormPreviewView, FormPublishView
from apps.applications.views.form_question import FormQuestionView, FormTextsView
from apps.applications.views.form_setup import FormSectionView, FormSetupView
from apps.applications.views.form_workbook import FormExportView, FormImportReportView, FormImportView
from apps.applications.views.sections import ClaimView, SectionView, StartView, TaskListView
from apps.applications.views.sending import CheckView, DocumentView, PrintView, SentView, WithdrawView

app_name = "applications"
urlpatterns = [
    path("forms/<uuid:public_id>/", FormSetupView.as_view(), name="form-setup"),
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
