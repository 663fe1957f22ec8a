"""Who calls the service, for which tenant, and what they may do."""

from supportable_api.auth.caller import LOCAL, SCOPES, Allowed, Caller, Scope, caller
from supportable_api.auth.refusals import Refused

__all__ = ["LOCAL", "SCOPES", "Allowed", "Caller", "Refused", "Scope", "caller"]
