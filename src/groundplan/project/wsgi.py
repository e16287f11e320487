"""The application that granian serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from groundplan.kernel.home import home
from groundplan.kernel.occupancy import occupy

from .bodies import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundplan.project.settings")
occupy(home())
application = whole_bodies(get_wsgi_application())
# Every page's code before the first request, and what is there now stays until the end: looking
# all of it over for garbage took a tenth of a second in the midst of a page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
