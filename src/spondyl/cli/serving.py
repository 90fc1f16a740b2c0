"""`spondyl serve`: the workbench and the JSON interface on one port, until it is stopped."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from datetime import date

from spondyl.cli.streams import site_of
from spondyl.cli.usage import WrongUsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_VARIABLE = "SPONDYL_ACCESS_TOKEN"


def serve_command(settings: Namespace) -> None:
    """Listens, says where, and answers until Ctrl-C. Raises WrongUsageError for an address that is not safe."""
    from spondyl.service.settings import LOOPBACK, SHORTEST_TOKEN, Settings

    host = "127.0.0.1" if settings.host == "localhost" else settings.host
    port = _port(settings.port)
    access = os.environ.get(_VARIABLE, "")
    proxies = [name.lower() for name in (settings.behind_proxy or "").split(",") if name]
    if access and len(access) < SHORTEST_TOKEN:
        remedy = f"at least {SHORTEST_TOKEN} characters, such as from: openssl rand -hex 24"
        raise WrongUsageError("I111", "the access token is too short", _VARIABLE, remedy)
    if host not in _LOOPBACK and not access and not proxies:
        remedy = f"keep 127.0.0.1, or set {_VARIABLE}, or name the proxy that asks who it is: --behind-proxy NAME"
        raise WrongUsageError("I111", "everybody on that network could read what is typed here", "--host", remedy)

    from spondyl.engine import Program
    from spondyl.knowledge import load
    from spondyl.service.app import application
    from spondyl.service.server import listening, serve

    rules = load(site_of(settings.site))
    try:
        bound = listening(host, port)
    except (OSError, OverflowError):
        raise WrongUsageError(
            "I112", "nothing can listen on this address", "--host, --port", "name another port, or 0 for a free one"
        ) from None
    at = bound.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    wild = host in ("0.0.0.0", "::")
    hosts = (*LOOPBACK, *([] if wild else [shown]), *proxies)
    day = settings.as_of
    made = Settings(lambda: day or date.today().isoformat(), hosts, wild, access, secure=bool(proxies))
    app = application(Program(rules), made)
    gc.enable()  # switched off for commands that answer once
    gc.freeze()  # what is there now stays, and need not be looked through again

    def ready() -> None:
        sys.stdout.write(f"Spondyl workbench: http://{shown}:{at}/\nStop it with Ctrl-C. Nothing is stored.\n")
        sys.stdout.flush()

    serve(app, bound, ready)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise WrongUsageError("I104", "this is not a port", "--port", "a number from 0 to 65535; 0 takes a free one")
    return int(text)
