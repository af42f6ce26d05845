"""Speaks the protocol of docs/shim.md for an application: an instruction a line on stdin, an answer a line on stdout.

With PORT in its environment it serves the same by POST there, for an application in a container, where CA_FILE says
under which name the authority lies.
"""

import json
import logging
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

log = logging.getLogger("app")


def shim(deeds):
    """Does what it is told with `deeds`, functions by the name of the deed; each raises what its library raises.

    They are called with the instruction and what the application knows of a user, a dict that is empty at first.
    """
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.INFO)
    sessions = {}

    def answer_to(told):
        about = f"{told['do']} GET {urlsplit(told['call']).path}" if "call" in told else told["do"]
        try:
            if told["do"] not in deeds:
                raise NotImplementedError(f"this application does no '{told['do']}'")
            done = deeds[told["do"]](told, sessions.setdefault(told["session"], {}))
            log.info("%s: %s", about, done.get("status", "ok"))
            return {"ok": True, **done}
        except Exception as error:
            log.exception("%s: failed", about)
            return {"ok": False, "error": as_client_error(error)}

    if "PORT" in os.environ:
        serve(answer_to, int(os.environ["PORT"]), os.environ["CA_FILE"])
    for line in sys.stdin:
        print(json.dumps(answer_to(json.loads(line))), flush=True)


def serve(answer_to, port, ca_file):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(answer_to({**told, "ca_file": ca_file})).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    HTTPServer(("0.0.0.0", port), Handler).serve_forever()


def as_client_error(error):
    code = getattr(error, "error", None)
    cause = error.__cause__ or error.__context__
    return {
        "name": type(error).__name__,
        "message": str(error),
        **({"code": code} if isinstance(code, str) else {}),
        **({"cause": as_client_error(cause)} if cause is not None else {}),
    }
