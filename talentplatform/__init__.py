"""The project. The Celery application is loaded with it, so that every process knows the broker."""

from talentplatform.celery import app as celery_app

__all__ = ["celery_app"]
