"""Links that open an account: how their codes are made, kept and sent."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from ..journal.codes import CROCKFORD, keyed
from .models import Person

LENGTH = 20  # characters of 5 bits
log = logging.getLogger(__name__)


def make(form_key: str) -> str:
    """The code that belongs to one sending of a form: the same form sent twice makes the same link, and the
    page that shows it need not have kept it."""
    drawn = keyed(settings.CODE_KEY, "link", form_key)
    return "".join(CROCKFORD[byte % 32] for byte in drawn[:LENGTH])


def digest(code: str) -> str:
    """What is kept of it."""
    return keyed(settings.CODE_KEY, "kept link", code).hex()


def mail(person: Person, address: str, until: str) -> None:
    """Send the link where the installation sends mail and the address is known. A server that refuses costs
    only the letter: the printed slip stands."""
    if not (settings.MAIL and person.email):
        return
    words = _(
        "%(name)s：\n\n请打开下面的链接设密码，您的登录名是「%(username)s」。\n\n%(address)s\n\n"
        "链接用一次，%(until)s之前有效。不是您本人，或者没人跟您说过这件事，请不要打开，告诉发信的单位。\n"
    ) % {"name": person.name, "username": person.username, "address": address, "until": until}
    try:
        send_mail(_("商量：设您的登录密码"), words, None, [person.email])
    except OSError:
        log.warning("A link could not be mailed.", exc_info=True)
