"""Speaks the protocol of docs/shim.md for an application: an instruction a line on stdin, an answer a line on stdout."""

import json
import logging
import sys
from urllib.parse import urlsplit

log = logging.getLogger("app")


def shim(deeds):
    """Does what it is told with `deeds`, functions by the name of the deed; each raises what its library raises.

    They are called with the instruction and what the application knows of a user, a dict that is empty at first.
    """
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.INFO)
    sessions = {}
    for line in sys.stdin:
        told = json.loads(line)
        about = f"{told['do']} GET {urlsplit(told['call']).path}" if "call" in told else told["do"]
        try:
            if told["do"] not in deeds:
                raise NotImplementedError(f"this application does no '{told['do']}'")
            done = deeds[told["do"]](told, sessions.setdefault(told["session"], {}))
            log.info("%s: %s", about, done.get("status", "ok"))
            answer = {"ok": True, **done}
        except Exception as error:
            log.exception("%s: failed", about)
            answer = {"ok": False, "error": as_client_error(error)}
        print(json.dumps(answer), flush=True)


def as_client_error(error):
    code = getattr(error, "error", None)
    cause = error.__cause__ or error.__context__
    return {
        "name": type(error).__name__,
        "message": str(error),
        **({"code": code} if isinstance(code, str) else {}),
        **({"cause": as_client_error(cause)} if cause is not None else {}),
    }
