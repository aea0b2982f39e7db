"""Ready means ready: whatever is missing is named with a 503, and is never an error of ours."""

import pytest
from celery import current_app
from django.core.cache.backends.redis import RedisCache
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from apps.events.models import Heartbeat
from apps.portal.selectors import health

pytestmark = pytest.mark.django_db
NOWHERE = "/nowhere/redis.sock"


@pytest.fixture
def working() -> Heartbeat:
    return Heartbeat.objects.update_or_create(name="worker", defaults={"seen_at": timezone.now()})[0]


def problems(client: Client) -> list[str]:
    answer = client.get("/health/ready")

    assert answer.status_code == (503 if answer.json()["problems"] else 200)
    return answer.json()["problems"]


def test_with_everything_there_it_is_ready(client: Client, working: Heartbeat) -> None:
    assert problems(client) == []


def test_a_silent_worker_is_named(client: Client, working: Heartbeat) -> None:
    Heartbeat.objects.update(seen_at=timezone.now() - health.OLDEST_HEARTBEAT * 1.1)

    assert problems(client) == ["worker"]


def test_a_migration_that_was_not_applied_is_named(client: Client, working: Heartbeat) -> None:
    MigrationRecorder.Migration.objects.filter(app="reviews").latest("pk").delete()

    assert problems(client) == ["migrations"]


def test_a_broker_that_is_gone_is_named(
    client: Client, working: Heartbeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_app.conf, "broker_read_url", f"redis+socket://{NOWHERE}?virtual_host=0")

    assert problems(client) == ["broker"]


def test_a_cache_that_is_gone_is_named(
    client: Client, working: Heartbeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "cache", RedisCache(f"unix://{NOWHERE}", {}))

    assert problems(client) == ["cache"]
