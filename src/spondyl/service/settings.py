"""What a server is started with: its day, its addresses, who may ask. It reads no environment and no files."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """`today` gives the ISO day; `hosts` are the names a browser may use; `access` is asked for when it is not empty.

    `page_token` stands in every page and comes back with every form: a page of another origin cannot read it.
    """

    today: Callable[[], str]
    hosts: tuple[str, ...] = LOOPBACK
    any_address: bool = False
    access: str = ""
    secure: bool = False
    seconds: float = 20.0
    page_token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def admits(self, token: str) -> bool:
        """Whether this is the access token, in a time that does not depend on it."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.access.encode("utf-8"))

    def pass_of(self) -> str:
        """What a browser that knew the access token carries as a cookie; never the token itself."""
        return hmac.new(self._key, self.access.encode("utf-8"), hashlib.sha256).hexdigest()

    def passes(self, cookie: str) -> bool:
        """Whether a cookie is one of this server."""
        return hmac.compare_digest(cookie.encode("utf-8", "replace"), self.pass_of().encode("ascii"))

    def of_page(self, token: str) -> bool:
        """Whether a form comes from a page of this server."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.page_token.encode("ascii"))
