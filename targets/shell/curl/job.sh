#!/bin/sh
# What a cron job does: get a token by client credentials, and call the API with it.

path="/${API_URL#*//*/}"

response=$(
  curl --silent --show-error --fail-with-body --cacert "$CA_FILE" \
    --user "$CLIENT_ID:$CLIENT_SECRET" \
    --data grant_type=client_credentials --data-urlencode "scope=$SCOPE" \
    "$TOKEN_URL"
) || {
  code=$?
  # What came of an answer that broke off may be a token.
  [ "$code" = 22 ] && echo "$response" >&2
  echo "$path: no token" >&2
  exit "$code"
}

token=$(printf '%s' "$response" | jq --raw-output --exit-status .access_token) && [ "$token" ] || {
  echo "$path: no access_token in the answer" >&2
  exit 1
}

status=$(
  curl --silent --show-error --fail-with-body --cacert "$CA_FILE" --oauth2-bearer "$token" \
    --output /dev/null --write-out '%{http_code}' "$API_URL"
) || {
  code=$?
  echo "$path: $status" >&2
  exit "$code"
}
echo "$path: $status" >&2
echo "$status"
