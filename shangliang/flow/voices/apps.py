from django.apps import AppConfig


class Voices(AppConfig):
    name = "shangliang.flow.voices"
    label = "voices"
    verbose_name = "群众留言"

    def ready(self) -> None:
        from . import registry

        registry.register()
