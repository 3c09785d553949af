"""What a browser says of itself, in words that its owner knows again: Windows 上的 Edge."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_  # noqa: N812

# The first sign that is found tells; each of these browsers names those that stand below it, too.
BROWSERS = (
    ("MicroMessenger", N_("微信")), ("Edg", "Edge"), ("OPR", "Opera"), ("QQBrowser", N_("QQ 浏览器")),
    ("UCBrowser", N_("UC 浏览器")), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
MACHINES = (
    ("HarmonyOS", N_("鸿蒙手机")), ("OpenHarmony", N_("鸿蒙手机")), ("Android", N_("安卓手机")),
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", N_("苹果电脑")),
    ("Linux", "Linux"),
)  # fmt: skip


def in_words(said: str) -> str:
    """The browser and the machine, as far as they can be told; empty where neither can."""
    browser = next((_(words) for sign, words in BROWSERS if sign in said), "")
    machine = next((_(words) for sign, words in MACHINES if sign in said), "")
    if browser and machine:
        return _("%(machine)s上的%(browser)s") % {"machine": machine, "browser": browser}
    return browser or machine
