"""A server that speaks the OpenAI protocol on loopback and replays answers."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """An OpenAI-compatible server on loopback that replays answers; `heard` keeps what it was asked."""

    def __init__(self):
        self.answers, self.heard, self.headers, self.status, self.raw = [], [], [], 200, None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.heard.append(body)
                outer.headers.append(dict(self.headers))
                outer.before_answering()
                content = outer.answers[min(len(outer.heard), len(outer.answers)) - 1] if outer.answers else '{"statements": []}'
                reply = outer.raw if outer.raw is not None else json.dumps({
                    "id": "x", "object": "chat.completion", "created": 0, "model": "tiny", "choices": [
                        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}]}).encode()
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                if outer.status in {301, 302, 307}:
                    self.send_header("Location", outer.elsewhere)
                self.end_headers()
                with contextlib.suppress(OSError):  # whoever asked may be dead
                    self.wfile.write(reply)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def before_answering(self):
        """What a test wants to happen when a question has come in."""

    def close(self):
        self.http.shutdown()
        self.http.server_close()
