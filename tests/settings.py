"""The installation that tests run in: a new home for every run, thrown away afterwards."""

import atexit
import os
import shutil
import tempfile

import hypothesis

_home = tempfile.mkdtemp(prefix="groundplan-tests-")
_owner = os.getpid()


@atexit.register
def _remove() -> None:
    """A process forked from this one ends too, while the home is still lived in."""
    if os.getpid() == _owner:
        shutil.rmtree(_home, ignore_errors=True)


os.environ["GROUNDPLAN_HOME"] = _home

from groundplan.project.settings import *  # noqa: E402, F403 - the home has to be named first

# Argon2 takes a tenth of a second by design; one test signs in with the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# How long an example takes says more about the machine's load than about the code.
hypothesis.settings.register_profile("groundplan", deadline=None)
hypothesis.settings.load_profile("groundplan")

# Copied, where a run has made one already, instead of made anew by migrations.
if _copied := os.environ.get("TESTS_COPY_DATABASE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": _copied}  # noqa: F405

# One database: what a test does, its end takes back, sessions among it.
DATABASES.pop("doors", None)  # noqa: F405
DATABASE_ROUTERS = []
