from django.apps import AppConfig


class Paper(AppConfig):
    name = "shangliang.base.paper"
    label = "paper"
    verbose_name = "纸"
