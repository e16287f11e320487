"""The application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from groundplan.kernel.home import home
from groundplan.kernel.occupancy import occupy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundplan.project.settings")
occupy(home())
application = get_wsgi_application()
