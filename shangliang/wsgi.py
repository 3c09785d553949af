"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from shangliang.base.interpreter import roomy, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
application = roomy(get_wsgi_application())
_ = get_resolver().url_patterns  # all that pages need is loaded before the first of them
settle()
