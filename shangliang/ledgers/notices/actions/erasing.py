"""A person asks to be erased: what notices hold of them goes. The book holds keys only, and stays."""

from django.db.models import Q

from shangliang.base.people.personal.holders import Left
from shangliang.flow.studios.models import Booking
from shangliang.flow.voices.models import Voice

from ..models import Letter, Looked, Mailbox, Subscriber, Subscription, Telling, Wish


def forget(person: str) -> Left:
    """See `people.holders`: of an author, who booked a time, an account or a subscriber."""
    voices = list(Voice.objects.filter(person=person).values_list("code", flat=True))
    boxes = Mailbox.objects.filter(Q(person=person) | Q(voice__in=voices))
    subscribers = Subscriber.objects.filter(person=person)
    subscriptions = Subscription.objects.filter(subscriber__in=subscribers)
    receivers = [f"person:{person}", *(f"author:{code}" for code in voices)]
    booked = Booking.objects.filter(person=person).values_list("code", flat=True)
    receivers += [f"booker:{code}" for code in booked]
    receivers += [f"mailbox:{code}" for code in boxes.values_list("code", flat=True)]
    receivers += [f"subscriber:{code}" for code in subscribers.values_list("code", flat=True)]
    receivers += [f"subscription:{code}" for code in subscriptions.values_list("code", flat=True)]
    Letter.objects.filter(receiver__in=receivers).delete()
    Telling.objects.filter(receiver__in=receivers).delete()
    Looked.objects.filter(reader__in=receivers).delete()
    boxes.delete()
    Wish.objects.filter(person=person).delete()
    subscribers.delete()
    return Left()
