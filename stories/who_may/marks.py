"""Who is let in at an address, in marks; what they mean stands in `addresses`."""

ASKED = "→  →→  →→  "  # nobody of the visitors signs in
DESK = ASKED + "✓✓  ✓✓  ✓  ·  ··  ·  ·  ✓  ✓✓"
STAFF = ASKED + "··  ✓✓  ✓  ·  ··  ·  ·  ✓  ✓✓"
OFFICERS = ASKED + "··  ··  ✓  ·  ··  ·  ·  ✓  ✓✓"
OFFICER = ASKED + "··  ··  ✓  ·  ··  ·  ·  ·  ··"
HOSTS = ASKED + "··  ✓·  ✓  ·  ··  ·  ·  ·  ··"
RECEIVES = ASKED + "✓·  ✓·  ✓  ·  ··  ·  ·  ·  ··"
REVIEWS = ASKED + "·–  ✓–  ✓  ·  ––  ·  –  –  ––"  # of a voice nobody was asked for: no department knows it
NO_BOOKING = "·  ··  ··  ··  ··  ·  ·  ··  ·  ·  ·  ··"  # asked for the code
HANDLERS = ASKED + "··  ··  ·  ·  ✓✓  ·  ·  ·  ··"
LEADER = ASKED + "··  ··  ·  ✓  ··  ·  ·  ·  ··"
MEMBERS = ASKED + "✓✓  ✓✓  ·  ·  ··  ·  ·  ·  ··"
OF_ONES_OWN = ASKED + "✓✓  ✓✓  –  –  ––  –  –  –  ––"  # a member's statement: others have none
SIGNED_IN = ASKED + "✓✓  ✓✓  ✓  ✓  ✓✓  ✓  ✓  ✓  ✓✓"
SENT_ON = ASKED + "››  ››  ›  ›  ››  ›  ›  ›  ››"  # the password once more, before anything else
WITHOUT_ONE = ASKED + "––  ––  –  –  ––  –  –  –  ––"  # nobody here has set up a second factor
PERSON = ASKED + "··  ··  ✓  ·  ··  ·  ·  –  ––"
RESIDENTS = "✓  ✓✓  ✓✓  ··  ··  ·  ·  ··  ·  ·  ·  ··"
NEWCOMERS = "✓  ✓✓  ✓✓  ››  ››  ›  ›  ››  ›  ›  ›  ››"
NOBODY = "–  ––  ––  ––  ––  –  –  ––  –  –  –  ––"


def asked(marks: str) -> str:
    """The same where one signs in first."""
    return ASKED + "".join(marks.split())[5:]
