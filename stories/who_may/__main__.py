"""`python -m stories.who_may` prints docs/who-may.md anew."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
os.environ.setdefault("SHANGLIANG_MODE", "test")
django.setup()

from .paper import write  # noqa: E402

write()
