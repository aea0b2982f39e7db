from django.urls import path

from apps.accounts.views.account import AccountView, ApiTokenView
from apps.accounts.views.audit import AuditView
from apps.accounts.views.device import DeviceView, FinishView
from apps.accounts.views.people import EndRoleView, OrganisationsView, PeopleView, PersonView

app_name = "accounts"
urlpatterns = [
    path("", AccountView.as_view(), name="account"),
    path("token/", ApiTokenView.as_view(), name="token"),
    path("device/", DeviceView.as_view(), name="device"),
    path("device/finish/", FinishView.as_view(), name="device-finish"),
    path("people/", PeopleView.as_view(), name="person-list"),
    path("people/<uuid:public_id>/", PersonView.as_view(), name="person"),
    path("roles/<int:membership_id>/end/", EndRoleView.as_view(), name="role-end"),
    path("organisations/", OrganisationsView.as_view(), name="organisation-list"),
    path("audit/", AuditView.as_view(), name="audit-list"),
]
