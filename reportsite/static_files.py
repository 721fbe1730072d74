"""The addresses of static files."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files whose names hold a digest of their content; a process looks each address up once."""

    url = lru_cache(CompressedManifestStaticFilesStorage.url)
