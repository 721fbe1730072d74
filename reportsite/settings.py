"""Settings of the site. What differs between machines comes from the environment, read by `env`."""

import re
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from . import __version__, env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "data")

VERSION = __version__  # backups name it

DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret_key("SECRET_KEY", DATA_DIR)
# Secrets of before, so that a new one logs nobody out; take them away after a while.
SECRET_KEY_FALLBACKS = env.secrets_of_before("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.hosts("ALLOWED_HOSTS")]
# The start of canonical URLs; the host of the request where this is empty.
SITE_URL = env.web_address("SITE_URL")

# Who answers for the site, how to reach them, and the licence of what the editors add. About and the footer say it.
SITE_OWNER = env.words("SITE_OWNER")
SITE_CONTACT = env.contact("SITE_CONTACT")
SITE_LICENCE = env.licence("SITE_LICENCE")

# Where to report vulnerabilities; /.well-known/security.txt names it.
SECURITY_CONTACT = env.contact("SECURITY_CONTACT") or SITE_CONTACT

INSTALLED_APPS = [
    "reportsite.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "simple_history",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "sections",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "reportsite.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reportsite.cors.CorsMiddleware",
    # After all that send security headers, so that a refusal has them too.
    "reportsite.middleware.RequestLimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Compression comes before ConditionalGet, whose ETag is of the uncompressed page: otherwise no page answers 304.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Before anything needs a known host, a session or the database.
    "reportsite.failures.ProbeMiddleware",
    "reportsite.failures.UnavailableMiddleware",
    "reportsite.failures.TolerantSessionMiddleware",
    "reportsite.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "reportsite.desk_locale.DeskLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Around all that may refuse a form of the desk, and after what checks its token and knows the user.
    "sections.admin.saving.kept_input.KeptInputMiddleware",
    "reportsite.rate_limits.RateLimitMiddleware",
    "reportsite.failures.ReadOnlyMiddleware",
    "axes.middleware.AxesMiddleware",
    # Last but one, so that it runs only the view again where the replica fails.
    "reportsite.replica.ReplicaMiddleware",
    "reportsite.failures.WholePageMiddleware",
]

ROOT_URLCONF = "reportsite.urls"
WSGI_APPLICATION = "reportsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Those of the admin are lazy: a page that reads neither user nor messages does not vary by cookie.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "report.sqlite3")}
# Readers use a streaming replica where there is one. Each process may open so many connections to each server.
if REPLICA := env.replica("DATABASE_REPLICA_URL", DATABASES["default"]):
    DATABASES["replica"] = REPLICA
DATABASE_ROUTERS = ["reportsite.replica.Router"] if REPLICA else []
POOL_MAX = env.integer("DATABASE_POOL_MAX", 6, 0, 1000)
DATABASE_POOL = {"min_size": env.integer("DATABASE_POOL_MIN", min(1, POOL_MAX), 0, POOL_MAX), "max_size": POOL_MAX}
# How many machines open connections; the system checks compare it with what the database server allows.
APPLICATION_SERVERS = env.integer("APPLICATION_SERVERS", 1, 1, 1000)
# READ_ONLY=1: this process changes nothing. `manage.py read_only on` says so to all processes, without a restart.
READ_ONLY = env.boolean("READ_ONLY")
# With less space than this, /readyz says that the site is not ready.
DISK_RESERVE_BYTES = env.integer("DISK_RESERVE_MB", 50, 0, 1_000_000) << 20
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A user name is locked whether or not it exists and whatever the client, so that a lockout reveals nothing.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=env.integer("LOCK_MINUTES", 15, 1, 1440))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "sections.admin.accounts.login.locked"
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "reportsite.client_address.no_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# The first wants attempts counted by IP address, but then one person with many addresses has many attempts; the others
# want HTTPS for all other sites of the domain, which only their owners can promise.
SILENCED_SYSTEM_CHECKS = ["axes.W006", "security.W005", "security.W021"]

# TWO_FACTOR=1 requires a second factor from every editor. OTP_… are settings of django-otp.
TWO_FACTOR = env.boolean("TWO_FACTOR")
OTP_TOTP_ISSUER = "Paragraph by Paragraph"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# CHANGES_NAME_EDITORS=1 shows the names of editors on the public page of changes.
CHANGES_NAME_EDITORS = env.boolean("CHANGES_NAME_EDITORS")

# Where a log-in leads whose page names no other page of this site.
LOGIN_REDIRECT_URL = "admin:index"

# An idle editor has to log in again after this time. reportsite.admin_site extends sessions in use.
SESSION_COOKIE_AGE = 3600 * env.integer("SESSION_HOURS", 8, 1, 720)

# The languages of the site; the report stays in the language of its source.
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("es", "Español"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "sections" / "locale"]
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Parts of pages, kept in each process by the tag {% cache %}; those least recently used go first. While templates are
# being changed they are not kept.
CACHE_BACKEND = "dummy.DummyCache" if DEBUG else "locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": f"django.core.cache.backends.{CACHE_BACKEND}"},
    "template_fragments": {
        "BACKEND": f"django.core.cache.backends.{CACHE_BACKEND}",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 4_000},
    },
}
# Finished pages in the memory of each process; 0 for none, as while templates are being changed.
PAGE_CACHE_BYTES = 0 if DEBUG else env.integer("PAGE_CACHE_MB", 32, 0, 4096) << 20

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "reportsite.static_files.StaticFiles"},
}

# Limits of one request; a form with many names has many fields. A pasted page of text is still a query.
MOST_CHARACTERS_OF_ADDRESS = 8000
MOST_HEADERS = 64
MOST_CHARACTERS_OF_HEADERS = 32 << 10
MOST_BYTES = 4 << 20
# A form of the desk with files that is larger is read up to here, so that it comes back with all that was typed.
MOST_BYTES_READ = 2 * MOST_BYTES
# The one form of readers, in each language: all other public addresses are read only.
PUBLIC_FORM = re.compile(f"/(?:(?:{'|'.join(code for code, _ in LANGUAGES)})/)?report-an-error/")
MOST_BYTES_OF_PUBLIC_FORM = 256 << 10
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Limits of many requests; 0 switches them off. See reportsite.rate_limits.
REQUESTS_PER_SECOND = env.integer("REQUESTS_PER_SECOND", 40, most=100_000)
SEARCHES_PER_SECOND = env.integer("SEARCHES_PER_SECOND", 100, most=100_000)
ERROR_REPORTS_PER_HOUR = env.integer("ERROR_REPORTS_PER_HOUR", 120, most=100_000)

# Nothing is loaded from other sites, no inline script or style, no framing.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# SECURE=1: the site is behind a proxy that serves HTTPS and sets X-Forwarded-Proto.
SECURE = env.boolean("SECURE")
SECURE_SSL_REDIRECT = SECURE
# How many proxies append the address of their client to X-Forwarded-For before a request arrives here.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 1 if SECURE else 0, most=10)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) if SECURE else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "reportsite.error_pages.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "sections.api.problems.problem_handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Reports of States parties",
    "DESCRIPTION": "Paragraphs of a report, and the institutions, laws, programmes and articles they speak of.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "EntryType": "sections.models.Entry.Type",
        "SectionKind": "sections.models.Section.Kind",
    },
}
if SITE_OWNER or SITE_CONTACT:
    _way = "email" if SITE_CONTACT.startswith("mailto:") else "url"
    SPECTACULAR_SETTINGS["CONTACT"] = {
        name: value for name, value in (("name", SITE_OWNER), (_way, SITE_CONTACT.removeprefix("mailto:"))) if value
    }
if SITE_LICENCE:
    SPECTACULAR_SETTINGS["LICENSE"] = {"name": SITE_LICENCE.name, "url": SITE_LICENCE.address}

# METRICS_ADDRESS=127.0.0.1:9100 shows figures for Prometheus there; reportsite.metrics says which.
METRICS_ADDRESS = env.listening_address("METRICS_ADDRESS")

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "reportsite.request_log.JsonFormatter"},
        "line": {
            "()": "reportsite.request_log.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s]: %(message)s",
        },
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("LOG_FORMAT", "json", ("json", "line")),
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "axes": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},  # reportsite.postgresql says it once, not at every attempt
    },
}
