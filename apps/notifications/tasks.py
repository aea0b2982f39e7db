from celery import shared_task

from apps.notifications.enums import Channel
from apps.notifications.services.drain import drain
from apps.notifications.transports import email_transport, sms_transport


@shared_task(name="apps.notifications.tasks.drain_messages")
def drain_messages() -> int:
    return drain(channel=Channel.EMAIL, transport=email_transport()) + drain(
        channel=Channel.SMS, transport=sms_transport()
    )
