from django.urls import path

from apps.applications.views.form_setup import FormSectionView, FormSetupView
from apps.applications.views.pages import PagesView
from apps.applications.views.sections import ClaimView, SectionView, StartView, TaskListView
from apps.applications.views.sending import CheckView, DocumentView, SentView, WithdrawView
from apps.applications.views.uploads import UploadsView, UploadView

app_name = "applications"
urlpatterns = [
    path("forms/<uuid:public_id>/", FormSetupView.as_view(), name="form-setup"),
    path("forms/<uuid:public_id>/<slug:section>/", FormSectionView.as_view(), name="form-section-setup"),
    path("start/<uuid:public_id>/", StartView.as_view(), name="start"),
    path("<uuid:public_id>/", TaskListView.as_view(), name="task-list"),
    path("<uuid:public_id>/claim/", ClaimView.as_view(), name="claim"),
    path("<uuid:public_id>/check/", CheckView.as_view(), name="check"),
    path("<uuid:public_id>/sent/", SentView.as_view(), name="sent"),
    path("<uuid:public_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<uuid:public_id>/documents/<uuid:document_id>/", DocumentView.as_view(), name="document"),
    path("<uuid:public_id>/uploads/", UploadsView.as_view(), name="uploads"),
    path("<uuid:public_id>/uploads/<uuid:upload_id>/", UploadView.as_view(), name="upload"),
    path("<uuid:public_id>/pages/<slug:question>/", PagesView.as_view(), name="pages"),
    path("<uuid:public_id>/sections/<slug:section>/", SectionView.as_view(), name="section"),
]
