"""Every change of people: accounts, posts, ways to sign in; the look at a contact; erasure."""

from .accounts import (
    APART_DAYS,
    LINK_DAYS,
    Address,
    close_account,
    invite,
    note_second_factor,
    reopen_account,
    reset_second_factor,
    send_link,
    set_keys,
    use_link,
    void_links,
    withdraw,
)
from .erasing import erase, erase_account, finish_erasures, replay_erasures, reveal
from .posts import end_post, end_session, end_sessions, grant, note_home, open_account, take_back
from .rolls import Newcomer, enter_all

__all__ = [
    "APART_DAYS",
    "LINK_DAYS",
    "Address",
    "Newcomer",
    "close_account",
    "end_post",
    "end_session",
    "end_sessions",
    "enter_all",
    "erase",
    "erase_account",
    "finish_erasures",
    "grant",
    "invite",
    "note_home",
    "note_second_factor",
    "open_account",
    "reopen_account",
    "replay_erasures",
    "reset_second_factor",
    "reveal",
    "send_link",
    "set_keys",
    "take_back",
    "use_link",
    "void_links",
    "withdraw",
]
