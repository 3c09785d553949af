"""Rows of marks that come again: whose moves are whose."""

from .columns import EVERYBODY, NOBODY

ANY = EVERYBODY
HOUSE = NOBODY  # made by a consultation's own action, which asked its own rule; or by the clock
AUTHOR = "·  ✓·  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··"
AUTHOR_OR_OFFICER = "·  ✓·  ··  ··  ··  ✓  ·  ··  ·  ·  ·  ··"
HOSTS = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ··"
HOSTS_AND_ABOVE = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·✓"
RECEIVES = "·  ··  ··  ✓·  ✓·  ✓  ·  ··  ·  ·  ·  ··"
OFFICER = "·  ··  ··  ··  ··  ✓  ·  ··  ·  ·  ·  ··"
SIGNS = "·  ··  ··  ··  ··  ✓  ✓  ··  ·  ·  ·  ··"
CONVENER = "·  ··  ··  ··  ✓·  ·  ·  ··  ·  ·  ·  ··"
LEADER = "·  ··  ··  ··  ··  ·  ✓  ··  ·  ·  ·  ··"
HANDLER = "·  ··  ··  ··  ··  ·  ·  ✓·  ·  ·  ·  ··"
UPPER = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ·✓"
PROVINCE = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ✓·"
TALKS = "·  ··  ··  ✓·  ✓·  ✓  ·  ✓·  ·  ·  ·  ··"
TALKS_ABOVE = "·  ··  ··  ✓·  ✓·  ✓  ·  ··  ·  ·  ·  ·✓"
# Held by one of those who hold a voice in some state; the others are told "not now" rather than "not yours".
STUDIO_HOLDS = HOSTS
STUDIO_HOLDS_AGAIN = "·  ··  ··  ··  ✓·  ✓  ·  ○·  ·  ·  ·  ··"
STUDIO_HOLDS_FROM_ABOVE = "·  ··  ··  ··  ✓·  ✓  ·  ··  ·  ·  ·  ·○"
DEPARTMENT_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ✓·  ·  ·  ·  ··"
UPPER_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ·✓"
CONSULTATION_HOLDS = "·  ··  ··  ··  ○·  ○  ·  ··  ·  ·  ·  ··"
BY_MEMBER = "·  ··  ··  ✓·  ··  ·  ·  ··  ·  ·  ·  ··"
BY_LEADER = "·  ··  ··  ··  ·✓  ·  ·  ··  ·  ·  ·  ··"  # the convener of the other studio
FOLLOWS = "·  ··  ··  ✓·  ··  ✓  ·  ··  ·  ·  ·  ··"
MEMBERS = "·  ··  ··  ✓✓  ✓✓  ·  ·  ··  ·  ·  ·  ··"
