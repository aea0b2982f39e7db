from django.urls import path

from apps.records import views

app_name = "records"
urlpatterns = [
    path("", views.ImportListView.as_view(), name="import-list"),
    path("new/", views.ImportNewView.as_view(), name="import-new"),
    path("empty/<slug:name>.csv", views.EmptyFileView.as_view(), name="empty-file"),
    path("<uuid:public_id>/", views.ImportDetailView.as_view(), name="import-detail"),
    path("<uuid:public_id>/import/", views.ImportConfirmView.as_view(), name="import-confirm"),
    path("<uuid:public_id>/discard/", views.ImportDiscardView.as_view(), name="import-discard"),
]
