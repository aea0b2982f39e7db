from apps.core.access import Access
from tests.access.matrix import of, row

payment, award = of("payment"), of("award")

ROWS = {
    "award-detail": row(Access.SIGNED_IN, address=of("scholarship_enrolment")),
    "award-agree": row(Access.SIGNED_IN, address=of("scholarship_enrolment"), method="post"),
    "terms-edit": row(Access.COORDINATOR, address=of("scholarship_program")),
    "payment-list": row(Access.COORDINATOR, address=of("scholarship_intake")),
    "payments-approve": row(Access.COORDINATOR, address=of("scholarship_intake"), method="post"),
    "payment-received": row(Access.SIGNED_IN, address=payment, method="post"),
    "payment-detail": row(Access.COORDINATOR, address=payment),
    "payment-approve": row(Access.COORDINATOR, address=payment, method="post"),
    "payment-send": row(Access.COORDINATOR, address=payment),
    "payment-confirm": row(Access.COORDINATOR, address=payment, method="post"),
    "payment-return": row(Access.COORDINATOR, address=payment),
    "payment-reissue": row(Access.COORDINATOR, address=payment, method="post"),
    "payment-cancel": row(Access.COORDINATOR, address=payment),
    "award-manage": row(Access.COORDINATOR, address=award),
    "award-activate": row(Access.COORDINATOR, address=award, method="post"),
    "award-suspend": row(Access.COORDINATOR, address=award),
    "award-resume": row(Access.COORDINATOR, address=award),
    "award-terminate": row(Access.COORDINATOR, address=award),
}
