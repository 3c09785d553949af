"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

from shangliang.base.interpreter import roomy, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
application = roomy(get_wsgi_application())
settle()
