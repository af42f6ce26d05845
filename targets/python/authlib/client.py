import pathlib
import sys

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken

try:
    from joserfc import jwt
    from joserfc.jwk import KeySet
except ImportError:  # An older Authlib has both itself.
    from authlib.jose import JsonWebKey, JsonWebToken

    jwt = None

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from shim import shim  # noqa: E402



def client_for(told, **more):
    client = OAuth2Session(
        told["client_id"],
        told["client_secret"],
        scope=told["scope"],
        redirect_uri=told["redirect_uri"],
        code_challenge_method="S256",
        **more,
    )
    client.verify = told["ca_file"]
    return client


def call(client, url):
    response = client.get(url)
    response.raise_for_status()
    return {"status": response.status_code}


def client_credentials(told, session):
    client = client_for(told)
    session["token"] = client.fetch_token(told["token_endpoint"], grant_type="client_credentials")
    return call(client, told["call"])


def begin_login(told, session):
    nonce, code_verifier = generate_token(), generate_token(48)
    uri, state = client_for(told).create_authorization_url(
        told["authorization_endpoint"], code_verifier=code_verifier, nonce=nonce
    )
    session["login"] = {"nonce": nonce, "code_verifier": code_verifier, "state": state}
    return {"redirect": uri}


def finish_login(told, session):
    login = session.pop("login")
    client = client_for(told, state=login["state"])
    token = client.fetch_token(
        told["token_endpoint"],
        authorization_response=told["callback"],
        code_verifier=login["code_verifier"],
    )
    claims = id_token_claims(client, told, token, login["nonce"])
    session["token"] = token
    return {**call(client, told["call"]), "sub": claims["sub"]}


def id_token_claims(client, told, token, nonce):
    """What Authlib's own integrations of web frameworks check."""
    response = client.get(told["jwks_uri"], withhold_token=True)
    response.raise_for_status()
    options = {"iss": {"values": [told["issuer"]]}}
    params = {"nonce": nonce, "client_id": told["client_id"], "access_token": token["access_token"]}
    if jwt is None:
        claims = JsonWebToken(["RS256"]).decode(
            token["id_token"],
            key=JsonWebKey.import_key_set(response.json()),
            claims_cls=CodeIDToken,
            claims_options=options,
            claims_params=params,
        )
        claims.validate(leeway=120)
        return claims
    decoded = jwt.decode(token["id_token"], KeySet.import_key_set(response.json()))
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        options,
        params,
    )
    claims.validate(leeway=120)
    return claims


def refresh(told, session):
    client = client_for(told, token=session["token"])
    refresh_token = session["token"]["refresh_token"]
    session["token"] = client.refresh_token(told["token_endpoint"], refresh_token=refresh_token)
    return call(client, told["call"])


def with_token(told, session):
    client = client_for(told, token=session["token"], token_endpoint=told["token_endpoint"])
    status = call(client, told["call"])
    session["token"] = client.token
    return status


shim(
    {
        "client-credentials": client_credentials,
        "begin-login": begin_login,
        "finish-login": finish_login,
        "refresh": refresh,
        "call": with_token,
    }
)
