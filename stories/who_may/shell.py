"""What is done without a page: commands, by whoever may open a shell on the server as the site's own account,
and jobs, by the clock. Neither asks a rule: the machine's owner is trusted with it, see docs/security.md."""

import ast
import inspect

from django.core.management import find_commands

from shangliang import chores
from shangliang.site import console

# name → (what it does with things of people or of the journal, what it leaves behind)
COMMANDS = {
    "account": ("links, lost second factors, closed accounts", "an act each"),
    "backup": ("reads everything", "a folder, locked words locked"),
    "demo": ("fills an empty database; never in production", "acts, as people would"),
    "draw": ("the docs", "files"),
    "draw_map": ("outlines of counties", "a file"),
    "erase": ("lets go of somebody, or again of the listed after a restore", "an act each"),
    "figure": ("reads figures", "nothing"),
    "invite": ("gives a post and a link", "acts"),
    "journal_key": ("makes a key pair; never over an old one", "a file"),
    "migrate": ("the tables in the shape of this version, with what is in them", "nothing"),
    "places": ("enters committees", "an act each"),
    "practice": (
        "runs the invented province apart; never over a folder that is not its own",
        "its own folder",
    ),
    "repost": ("throws a ledger away and posts it again", "the same rows"),
    "restore": (
        "brings a backup back; never over what stands there, unless told",
        "what stood there, put aside",
    ),
    "rotate": ("wraps every key anew", "nothing"),
    "serve": ("the server and the worker", "nothing"),
    "tariff": ("reckons a list of acts that somebody brings; no database", "nothing"),
    "verify": ("reads the journal, and which rows have a key", "nothing"),
    "work": ("the jobs below", "nothing"),
}
JOBS = {
    "seal": "acts, in their order",
    "roll_up": "figures, behind the seals",
    "checkpoint": "size and root of the journal, signed, outside the database",
    "people.finish_erasures": "what follows an erasure: the list, photos, key, old pages",
    "notices.deliver": "messages and mails that are due, in office hours",
    "voices.reckon_again": "provisional days of voices; an act each",
    "voices.ask_later": "the question of four weeks later; an act each",
    "voices.climb": "reminders, letters and the public list of late voices, in office hours; an act each",
    "voices.remind_of_appeals": "appeals of voices that are due or late, in office hours; an act each",
    "consultations.remind_of_appeals": "the same of posts",
    "voices.expire_assistances": "help to write whose thirty minutes are over; an act each",
    "invariants.nightly": "what must always hold, once a day; errors in the log",
    "consultations.reckon_again": "provisional days of topics and recommendations; an act each",
    "studios.tell_rechecks": "offices, a month before a studio's year on the net is over; an act each",
    "proposals.wait_no_more": "proposals that wait for signers who can rate no more, once a day; an act each",
    "sweep": "files that nothing names, after a day",
    "once.forget_old": "answers of forms, after two days",
    "limits.forget_old": "tries whose window has passed",
    "sessions.forget_old": "sign-ins that are over",
    "SessionStore.clear_expired": "sessions that are over",
    "retention.clear": "what was kept as long as privacy.yml says",
    "rows.sweep": "keys without a row, after two days",
    "search.tidy": "puts the pieces of the index for searching together, every night",
}


def commands() -> set[str]:
    return set(find_commands(f"{console.__path__[0]}/management"))


def jobs() -> set[str]:
    """What the worker's rounds call, as their code says it."""
    tree = ast.parse(inspect.getsource(chores))
    rounds = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return called - rounds - {"time.monotonic", "clock.today"}
