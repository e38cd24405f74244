"""Receivers of messages on this machine, a mail server and a service that answers HTTP; both note what they get."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import BaseServer, StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any


@contextmanager
def serving(server: BaseServer) -> Iterator[int]:
    """Its port, while it answers in a thread of its own."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def mail_server(refuses: str = "") -> Iterator[tuple[int, list[EmailMessage]]]:
    """Takes mail from whoever signs in; none for the recipient it refuses."""
    received: list[EmailMessage] = []

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 uji ESMTP")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "EHLO":
                    self.say("250-uji\r\n250 AUTH PLAIN LOGIN")
                elif verb == "AUTH":
                    self.say("235 masuk")
                elif verb == "RCPT" and refuses and refuses in line:
                    self.say("550 tidak dikenal")
                elif verb == "DATA":
                    self.say("354 silakan")
                    lines = iter(self.rfile.readline, b".\r\n")
                    received.append(message_from_bytes(b"".join(lines), policy=policy.default))
                    self.say("250 diterima")
                elif verb == "QUIT":
                    self.say("221 selesai")
                    return
                else:
                    self.say("250 baik")

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    ThreadingTCPServer.allow_reuse_address = True
    with serving(ThreadingTCPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, received


@contextmanager
def http_service(status: int = 200) -> Iterator[tuple[int, list[tuple[str, Any]]]]:
    """Answers every POST with one status; notes path and content."""
    received: list[tuple[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            received.append((self.path, content))
            answer = json.dumps({"ok": status < 400, "result": {"message_id": 1}}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            pass

    with serving(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield port, received
