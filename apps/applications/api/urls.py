from django.urls import path

from apps.applications.api import references, views

ONE = "<uuid:public_id>"
HERE = f"applications/{ONE}"
urlpatterns = [
    path("applications/", views.ApplicationListView.as_view(), name="application-list"),
    path("applications/run/", views.RunApplicationListView.as_view(), name="run-application-list"),
    path(f"{HERE}/", views.ApplicationView.as_view(), name="application"),
    path(f"{HERE}/sections/<slug:section>/", views.SectionView.as_view(), name="section"),
    path(f"{HERE}/documents/", views.DocumentUploadView.as_view(), name="document-upload"),
    path(f"{HERE}/references/", references.ReferenceListView.as_view(), name="reference-list"),
    path(f"{HERE}/submit/", views.SubmitView.as_view(), name="submit"),
    path(f"{HERE}/withdraw/", views.WithdrawView.as_view(), name="withdraw"),
]
