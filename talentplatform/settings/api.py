"""The REST API: the same services as the pages, for machines."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.accounts.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["apps.accounts.api.permissions.DeclaredAccess"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "apps.core.api.schema.HouseSchema",
    "EXCEPTION_HANDLER": "apps.core.api.errors.answer_refusal",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "1200/min"},
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Talent platform",
    "DESCRIPTION": "Scholarships, vocational courses and train-the-trainer cohorts. "
    "Every call runs the same services as the pages, with the same rights.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "IntakeStatusEnum": "apps.programs.enums.IntakeStatus",
        "ApplicationStatusEnum": "apps.applications.enums.ApplicationStatus",
        "OutcomeEnum": "apps.applications.enums.Outcome",
        "OfferStatusEnum": "apps.selection.enums.OfferStatus",
        "EnrolmentStatusEnum": "apps.enrolments.enums.EnrolmentStatus",
        "AssignmentStatusEnum": "apps.reviews.enums.AssignmentStatus",
        "ProgramKindEnum": "apps.programs.enums.ProgramKind",
        "DecisionStatusEnum": "apps.selection.enums.DecisionStatus",
        "BatchStatusEnum": "apps.selection.enums.BatchStatus",
        "WaitlistStatusEnum": "apps.selection.enums.WaitlistStatus",
        "ConditionStatusEnum": "apps.selection.enums.ConditionStatus",
        "AwardStatusEnum": "apps.scholarships.enums.AwardStatus",
        "DisbursementStatusEnum": "apps.scholarships.enums.DisbursementStatus",
        "TrainerStatusEnum": "apps.cohorts.enums.TrainerStatus",
        "LookStatusEnum": "apps.selection.enums.LookStatus",
        "MessageStatusEnum": "apps.notifications.enums.MessageStatus",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
