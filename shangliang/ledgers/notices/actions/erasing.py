"""A person asks to be erased: what notices hold of them goes. The book holds keys only, and stays."""

from django.db.models import Q

from shangliang.base.people.personal.holders import Left
from shangliang.flow.voices.models import Voice

from ..models import Letter, Looked, Mailbox, Subscriber, Telling, Wish


def forget(person: str) -> Left:
    """See `people.holders`: of an author, an account or a subscriber."""
    voices = list(Voice.objects.filter(person=person).values_list("code", flat=True))
    subscribers = list(Subscriber.objects.filter(person=person).values_list("code", flat=True))
    receivers = [
        f"person:{person}", *(f"author:{code}" for code in voices),
        *(f"subscriber:{code}" for code in subscribers),
    ]  # fmt: skip
    Letter.objects.filter(receiver__in=receivers).delete()
    Telling.objects.filter(receiver__in=receivers).delete()
    Looked.objects.filter(reader__in=receivers).delete()
    Mailbox.objects.filter(Q(person=person) | Q(voice__in=voices)).delete()
    Wish.objects.filter(person=person).delete()
    Subscriber.objects.filter(person=person).delete()
    return Left()
