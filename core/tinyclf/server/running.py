"""A server that listens: its address found and taken first, so that what is wrong is said."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import socket

import uvicorn
from fastapi import FastAPI

from tinyclf.errors import InputError
from tinyclf.server.connection import connection_class
from tinyclf.server.limits import Limits

SYSTEM = os.name
BACKLOG = 2_048
MOST_CONNECTIONS = 4_000
IDLE_S = 15
LEAVE_S = 0.2
"""How long answers on their way have, once it is to end."""

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

_REASONS = {
    errno.EADDRINUSE: "another program listens there: end it, or choose another --port",
    errno.EACCES: "this system does not allow it: choose a --port from 1024 on",
    errno.EADDRNOTAVAIL: "it is no address of this machine: choose another --host",
}


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Args:
        host: A name or an address of this machine.
        port: 0 for any that is free.

    Raises:
        InputError: there is no such host, or the port is taken or not allowed.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise InputError(f"There is no host {host!r}: leave --host out, or correct it.") from error
    family, kind, protocol, _, address = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if SYSTEM == "posix":  # elsewhere it would share a port that another program listens on
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        reason = _REASONS.get(error.errno or 0, error.strerror)
        raise InputError(f"Nothing can listen on {host}, port {port}: {reason}.") from error
    return listening


def url_of(listening: socket.socket) -> str:
    """Return where a socket is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(listening: socket.socket) -> bool:
    """Return whether only this machine reaches a socket."""
    return ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def host_names(host: str, listening: socket.socket) -> tuple[str, ...] | None:
    """Return the names by which a socket may be called; ``None`` for any, off loopback."""
    if not is_loopback(listening):
        return None
    return (*LOOPBACK_NAMES, host.lower(), listening.getsockname()[0])


def server_of(app: FastAPI, limits: Limits) -> uvicorn.Server:
    """Return what answers, to be run with a socket that listens.

    It runs until its ``should_exit`` is set, or until SIGINT or SIGTERM comes, which it raises
    again at its end.
    """
    for name in ("uvicorn", "python_multipart"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # bad requests are no news
    config = uvicorn.Config(
        app,
        http=connection_class(limits.body_seconds),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_S,
        timeout_graceful_shutdown=LEAVE_S,  # type: ignore[arg-type]  # seconds of asyncio.wait_for
    )
    return uvicorn.Server(config)
