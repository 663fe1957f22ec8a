"""The description of the service as OpenAPI 3.1: what FastAPI knows of the routes, made whole, with examples that
tests send."""

from supportable_api.openapi.describe import describe

__all__ = ["describe"]
