"""How tasks run. Every task is a bell or a sweep: it may be lost, doubled or late without harm."""

from celery.schedules import crontab

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "apps.events.tasks.drain_deliveries": {"queue": "bell"},
    "apps.notifications.tasks.drain_messages": {"queue": "bell"},
}
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 3,
    "socket_connect_timeout": 3,
    "visibility_timeout": 600,
}
#: Seconds. An entry that finds no worker expires: the next one does the same work.
CELERY_BEAT_SCHEDULE = {
    "release figures": {
        "task": "apps.inclusion.tasks.release_figures",
        "schedule": crontab(hour=2, minute=10),
        "options": {"expires": 3600},
    },
    "build releases that were asked for": {
        "task": "apps.inclusion.tasks.build_releases",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "hear events": {
        "task": "apps.events.tasks.drain_deliveries",
        "schedule": 1.0,
        "options": {"expires": 5, "queue": "bell"},
    },
    "send messages": {
        "task": "apps.notifications.tasks.drain_messages",
        "schedule": 1.0,
        "options": {"expires": 5, "queue": "bell"},
    },
    "heartbeat": {"task": "apps.events.tasks.beat", "schedule": 15.0, "options": {"expires": 15}},
    "open and close intakes": {
        "task": "apps.programs.tasks.follow_the_clock",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "end drafts": {
        "task": "apps.applications.tasks.expire_drafts",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "forget answers to repeated calls": {
        "task": "apps.accounts.tasks.forget_answers",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "remind referees and end what was not answered": {
        "task": "apps.applications.tasks.follow_references",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "remind of deadlines": {
        "task": "apps.applications.tasks.remind_of_deadlines",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "follow requests for information": {
        "task": "apps.applications.tasks.follow_requests",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "scan documents": {
        "task": "apps.applications.tasks.check_waiting_documents",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "sweep uploads": {
        "task": "apps.applications.tasks.sweep_uploads",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "payments fall due": {
        "task": "apps.scholarships.tasks.payments_fall_due",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "trainers lapse": {
        "task": "apps.cohorts.tasks.trainers_lapse",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "open the seeds of lotteries": {
        "task": "apps.selection.tasks.reveal_seeds",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "work out what was asked of the workbench": {
        "task": "apps.selection.tasks.solve_scenarios",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "lapse offers": {
        "task": "apps.selection.tasks.lapse_offers",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}
