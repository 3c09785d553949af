"""Checks which channels are at work, and makes known what is held and for how long."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "shangliang.ledgers.notices"
    label = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        from shangliang.base.people import retention
        from shangliang.base.people.personal import holders

        from . import actions, channels, queries

        channels.check()
        holders.register("notices", actions.forget, queries.own)
        retention.register(
            "subscriptions_unconfirmed", retention.Rule(queries.unconfirmed, actions.sweep_unconfirmed)
        )
        for name, rows in {
            "letters": queries.old_letters,
            "letters_recorded": queries.old_records,
            "mailboxes": queries.mailboxes_over,
        }.items():
            retention.register(name, retention.Rule(rows, lambda found: found.delete()[0]))
