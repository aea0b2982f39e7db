from django.urls import path

from apps.scholarships.api import awards, payments

ONE = "<uuid:public_id>"
AWARD, PAYMENT = f"scholarships/awards/{ONE}", f"scholarships/payments/{ONE}"
urlpatterns = [
    path(f"scholarships/{ONE}/", awards.OwnAwardView.as_view(), name="own-award"),
    path(f"scholarships/{ONE}/agree/", awards.AgreeView.as_view(), name="award-agree"),
    path(f"scholarships/programs/{ONE}/terms/", awards.TermsView.as_view(), name="scholarship-terms"),
    path(f"scholarships/intakes/{ONE}/awards/", awards.AwardListView.as_view(), name="award-list"),
    path(f"{AWARD}/", awards.AwardView.as_view(), name="award"),
    path(f"{AWARD}/activate/", awards.ActivateView.as_view(), name="award-activate"),
    path(f"{AWARD}/suspend/", awards.SuspendView.as_view(), name="award-suspend"),
    path(f"{AWARD}/resume/", awards.ResumeView.as_view(), name="award-resume"),
    path(f"{AWARD}/terminate/", awards.TerminateView.as_view(), name="award-terminate"),
    path(f"scholarships/intakes/{ONE}/payments/", payments.PaymentListView.as_view(), name="payment-list"),
    path(f"{PAYMENT}/", payments.PaymentView.as_view(), name="payment"),
    path(f"{PAYMENT}/approve/", payments.ApproveView.as_view(), name="payment-approve"),
    path(f"{PAYMENT}/send/", payments.SendView.as_view(), name="payment-send"),
    path(f"{PAYMENT}/confirm/", payments.ConfirmView.as_view(), name="payment-confirm"),
    path(f"{PAYMENT}/return/", payments.ReturnView.as_view(), name="payment-return"),
    path(f"{PAYMENT}/reissue/", payments.ReissueView.as_view(), name="payment-reissue"),
    path(f"{PAYMENT}/day/", payments.RescheduleView.as_view(), name="payment-reschedule"),
    path(f"{PAYMENT}/cancel/", payments.CancelView.as_view(), name="payment-cancel"),
    path(f"{PAYMENT}/received/", payments.ReceivedView.as_view(), name="payment-received"),
]
