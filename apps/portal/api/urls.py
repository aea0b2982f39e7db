from django.urls import path

from apps.portal.api import applications

ONE = "<uuid:public_id>"
urlpatterns = [
    path(f"applications/run/{ONE}/", applications.StaffApplicationView.as_view(), name="run-application"),
    path(f"applications/run/{ONE}/reverse/", applications.ReverseView.as_view(), name="eligibility-reverse"),
]
