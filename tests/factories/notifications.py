import factory

from apps.notifications.enums import Channel, MessageStatus
from apps.notifications.models import Message
from tests.factories.accounts import UserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    """An e-mail that waits to be sent."""

    class Meta:
        model = Message

    recipient = factory.SubFactory(UserFactory)
    address = factory.SelfAttribute("recipient.email")
    channel = Channel.EMAIL
    event_key = factory.Sequence(lambda n: f"test:{n}")
    template = "application-sent"
    subject = "We received your application"
    body = "Thank you."
    status = MessageStatus.PENDING
