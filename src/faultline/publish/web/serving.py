"""Turns an application into a page on this machine. Invariant: it listens on 127.0.0.1 and nowhere else."""

import html
import socket
import threading
from collections.abc import Callable

import httpx
import uvicorn
from fastapi import FastAPI

from faultline.record.errors import FaultlineError, UsageError

_LOOPBACK = "127.0.0.1"


def serve_until_stopped(app: FastAPI, port: int, say: Callable[[str], object]) -> None:
    """Serves until interrupted; `port` 0 takes a free one; `say` is told the address.

    Raises UsageError where the port is taken.
    """
    with _listening(port) as listener:
        say(_address(listener))
        _server(app).run(sockets=[listener])


def answer_once(app: FastAPI, expected: str) -> str:
    """Serves on a free port, fetches the start page over loopback, stops; returns the address that answered.

    Raises FaultlineError where no page comes that holds the expected words.
    """
    server = _server(app)
    with _listening(0) as listener:
        address = _address(listener)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            answer = httpx.get(address, timeout=60, trust_env=False)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
        if answer.status_code != 200 or expected not in html.unescape(answer.text):
            raise FaultlineError(address, f"status {answer.status_code}", "the start page of the case")
        return address


def _address(listener: socket.socket) -> str:
    return f"http://{_LOOPBACK}:{listener.getsockname()[1]}/"


def _server(app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise UsageError("--port", str(port), "a free port", f"{error.strerror}. Try --port 0.") from None
    listener.listen()
    return listener
