"""The HTTP API of supportable: `create_app(Settings())` is the service, `supportable serve` runs it."""

from supportable_api.app import create_app
from supportable_api.settings import Settings, settings_from

__all__ = ["Settings", "create_app", "settings_from"]
