#!/usr/bin/env python
"""The door for commands: `manage.py serve`, `work`, `demo`, `verify`, `figure`, `repost`, `draw`, and
Django's own."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
    from django.core.management import execute_from_command_line

    from shangliang.base.interpreter import roomy

    roomy(execute_from_command_line)(sys.argv)
