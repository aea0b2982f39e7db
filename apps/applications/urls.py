from django.urls import path

from apps.applications.views.form_setup import FormSectionView, FormSetupView
from apps.applications.views.guardians import GuardianPapersView, GuardianPaperView, GuardianView
from apps.applications.views.permissions import AskedConsentsView, GuardianAskView, PermissionsView
from apps.applications.views.sections import ClaimView, SectionView, StartView, TaskListView
from apps.applications.views.sending import CheckView, DocumentView, SentView, WithdrawView
from apps.applications.views.support import SupportView

app_name = "applications"
urlpatterns = [
    path("forms/<uuid:public_id>/", FormSetupView.as_view(), name="form-setup"),
    path("forms/<uuid:public_id>/<slug:section>/", FormSectionView.as_view(), name="form-section-setup"),
    path("consents/<uuid:public_id>/", AskedConsentsView.as_view(), name="asked-consents"),
    path("guardian/<str:token>/", GuardianView.as_view(), name="guardian"),
    path("guardian-papers/", GuardianPapersView.as_view(), name="guardian-papers"),
    path("guardian-papers/<uuid:public_id>/", GuardianPaperView.as_view(), name="guardian-paper"),
    path("<uuid:public_id>/permissions/", PermissionsView.as_view(), name="permissions"),
    path("<uuid:public_id>/guardian/", GuardianAskView.as_view(), name="guardian-ask"),
    path("<uuid:public_id>/support/", SupportView.as_view(), name="support"),
    path("start/<uuid:public_id>/", StartView.as_view(), name="start"),
    path("<uuid:public_id>/", TaskListView.as_view(), name="task-list"),
    path("<uuid:public_id>/claim/", ClaimView.as_view(), name="claim"),
    path("<uuid:public_id>/check/", CheckView.as_view(), name="check"),
    path("<uuid:public_id>/sent/", SentView.as_view(), name="sent"),
    path("<uuid:public_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", DocumentView.as_view(), name="document"),
    path("<uuid:public_id>/sections/<slug:section>/", SectionView.as_view(), name="section"),
]
