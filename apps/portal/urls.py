from django.urls import path

from apps.portal.views.mine import HomeView, MyApplicationsView, MyApplicationView
from apps.portal.views.staff import (
    AnswersCsvView,
    ApplicationsCsvView,
    StaffApplicationsView,
    StaffApplicationView,
    StaffDocumentView,
    TodayView,
)

app_name = "portal"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("my/applications/", MyApplicationsView.as_view(), name="my-applications"),
    path("my/applications/<uuid:public_id>/", MyApplicationView.as_view(), name="my-application"),
    path("staff/", TodayView.as_view(), name="today"),
    path("staff/applications/", StaffApplicationsView.as_view(), name="staff-applications"),
    path("staff/applications.csv", ApplicationsCsvView.as_view(), name="staff-applications-csv"),
    path("staff/answers.csv", AnswersCsvView.as_view(), name="staff-answers-csv"),
    path("staff/applications/<uuid:public_id>/", StaffApplicationView.as_view(), name="staff-application"),
    path(
        "staff/applications/<uuid:public_id>/documents/<uuid:document_id>/",
        StaffDocumentView.as_view(),
        name="staff-document",
    ),
]
