"""Django's settings. Everything an installation may change comes from its environment."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from groundplan.kernel.home import home, is_demonstration, secret_key
from groundplan.people.doors import DOORS, TABLES

GROUNDPLAN_HOME = home()
GROUNDPLAN_DEMONSTRATION = is_demonstration(GROUNDPLAN_HOME)
SECRET_KEY = os.environ.get("GROUNDPLAN_SECRET_KEY") or secret_key(GROUNDPLAN_HOME)
DEBUG = False
_https = os.environ.get("GROUNDPLAN_HTTPS", "") == "1"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("GROUNDPLAN_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if _https else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "groundplan.organisation",
    "groundplan.people",
    "groundplan.desk",
    "groundplan.sources",
    "groundplan.book",
    "groundplan.intake",
    "groundplan.snapshots",
    "groundplan.insight",
    "groundplan.plans",
    "groundplan.web",
    "groundplan.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "groundplan.web.middleware.ViewerMiddleware",
    "groundplan.web.refusals.RefusalMiddleware",
    "groundplan.web.bodies.BodyMiddleware",
]

ROOT_URLCONF = "groundplan.project.urls"
WSGI_APPLICATION = "groundplan.project.wsgi.application"

_web = Path(__file__).parent.parent / "web"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_web / "templates", *sorted(_web.glob("pages/*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["groundplan.web.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "groundplan.web.context.shell",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": GROUNDPLAN_HOME / "groundplan.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A write transaction takes its lock at once: upgrading a read lock fails without wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: an acknowledged write survives a power cut.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                "PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;"
            ),
        },
    }


def _doors() -> dict[str, Any]:
    """Beside the default for SQLite: see the module `people.doors`."""
    # A session may be lost in a power cut: NORMAL doesn't wait for the disk.
    made = "; ".join(["PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL", *TABLES])
    options = {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": made}
    path = GROUNDPLAN_HOME / "doors.sqlite3"
    engine = "django.db.backends.sqlite3"
    return {"ENGINE": engine, "NAME": path, "CONN_MAX_AGE": None, "OPTIONS": options}


DATABASES = {"default": _database()}
DATABASE_ROUTERS = []
if not os.environ.get("DATABASE_URL"):
    DATABASES[DOORS] = _doors()
    DATABASE_ROUTERS.append("groundplan.people.doors.DoorsRouter")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["groundplan.web.pages.entry.backend.WithPerson"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/login/"
ACCOUNT_ADAPTER = "groundplan.web.pages.entry.adapter.InvitedOnly"
ACCOUNT_FORMS = {
    "change_password": "groundplan.web.pages.entry.sign_in.NewPasswordForm",
    "login": "groundplan.web.pages.entry.sign_in.SignInForm",
    "reset_password": "groundplan.web.pages.entry.sign_in.ForgottenPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True

SESSION_ENGINE = "groundplan.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# Counts attempts to sign in, which the web processes have to know of each other.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = ["groundplan.web.bodies.ArrivingFiles"]
FILE_UPLOAD_TEMP_DIR = None

USE_TZ = True
FORMAT_MODULE_PATH = "groundplan.web.formats"
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
