"""Whether this process has everything it needs to serve people."""

from datetime import timedelta

import redis
from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from kombu.exceptions import OperationalError as BrokerError

from apps.events.models import Heartbeat

#: Beat asks for a heartbeat every 15 seconds; after three missed ones the worker counts as gone.
OLDEST_HEARTBEAT = timedelta(seconds=45)


def what_is_wrong() -> list[str]:
    """Names of the parts that do not answer; empty when ready. Says nothing about why: probes log."""
    checks = {
        "database": _database_answers,
        "migrations": _migrations_are_applied,
        "worker": _worker_is_alive,
        "cache": _cache_answers,
        "broker": _broker_answers,
    }
    wrong = []
    for name, check in checks.items():
        try:
            good = check()
        except (DatabaseError, redis.RedisError, BrokerError, OSError):
            good = False
        if not good:
            wrong.append(name)
    return wrong


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker_is_alive() -> bool:
    return Heartbeat.objects.filter(name="worker", seen_at__gte=Now() - OLDEST_HEARTBEAT).exists()


def _cache_answers() -> bool:
    cache.set("health", "ok", timeout=10)
    return cache.get("health") == "ok"


def _broker_answers() -> bool:
    with current_app.connection_for_read(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return True
