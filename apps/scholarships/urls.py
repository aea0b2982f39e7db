from django.urls import path

from apps.scholarships.views.participant import AwardAgreeView, AwardDetailView, PaymentReceivedView
from apps.scholarships.views.staff import (
    AwardActivateView,
    AwardManageView,
    AwardResumeView,
    AwardSuspendView,
    AwardTerminateView,
    PaymentApproveView,
    PaymentCancelView,
    PaymentConfirmView,
    PaymentDetailView,
    PaymentListView,
    PaymentReissueView,
    PaymentRescheduleView,
    PaymentReturnView,
    PaymentsApproveView,
    PaymentSendView,
    TermsView,
)

app_name = "scholarships"
urlpatterns = [
    path("<uuid:public_id>/", AwardDetailView.as_view(), name="award-detail"),
    path("<uuid:public_id>/agree/", AwardAgreeView.as_view(), name="award-agree"),
    path("programs/<uuid:public_id>/terms/", TermsView.as_view(), name="terms-edit"),
    path("intakes/<uuid:public_id>/", PaymentListView.as_view(), name="payment-list"),
    path("intakes/<uuid:public_id>/approve/", PaymentsApproveView.as_view(), name="payments-approve"),
    path("payments/<uuid:public_id>/", PaymentDetailView.as_view(), name="payment-detail"),
    path("payments/<uuid:public_id>/received/", PaymentReceivedView.as_view(), name="payment-received"),
    path("payments/<uuid:public_id>/approve/", PaymentApproveView.as_view(), name="payment-approve"),
    path("payments/<uuid:public_id>/send/", PaymentSendView.as_view(), name="payment-send"),
    path("payments/<uuid:public_id>/confirm/", PaymentConfirmView.as_view(), name="payment-confirm"),
    path("payments/<uuid:public_id>/return/", PaymentReturnView.as_view(), name="payment-return"),
    path("payments/<uuid:public_id>/reissue/", PaymentReissueView.as_view(), name="payment-reissue"),
    path("payments/<uuid:public_id>/day/", PaymentRescheduleView.as_view(), name="payment-reschedule"),
    path("payments/<uuid:public_id>/cancel/", PaymentCancelView.as_view(), name="payment-cancel"),
    path("awards/<uuid:public_id>/", AwardManageView.as_view(), name="award-manage"),
    path("awards/<uuid:public_id>/activate/", AwardActivateView.as_view(), name="award-activate"),
    path("awards/<uuid:public_id>/suspend/", AwardSuspendView.as_view(), name="award-suspend"),
    path("awards/<uuid:public_id>/resume/", AwardResumeView.as_view(), name="award-resume"),
    path("awards/<uuid:public_id>/terminate/", AwardTerminateView.as_view(), name="award-terminate"),
]
