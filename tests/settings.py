"""The installation that tests run in: a new home for every run, thrown away afterwards."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="groundplan-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["GROUNDPLAN_HOME"] = _home

from groundplan.project.settings import *  # noqa: E402, F403 - the home has to be named first

# Argon2 takes a tenth of a second by design; one test signs in with the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
