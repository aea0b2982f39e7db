from django.urls import path

from apps.people.views.permissions import PermissionGiveView, PermissionsView, PermissionWithdrawView
from apps.people.views.texts import ConsentTextsView

app_name = "people"
urlpatterns = [
    path("permissions/", PermissionsView.as_view(), name="permissions"),
    path("permissions/<slug:purpose>/give/", PermissionGiveView.as_view(), name="permission-give"),
    path(
        "permissions/<slug:purpose>/withdraw/", PermissionWithdrawView.as_view(), name="permission-withdraw"
    ),
    path("consent-texts/", ConsentTextsView.as_view(), name="consent-texts"),
]
