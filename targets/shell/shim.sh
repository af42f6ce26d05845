#!/bin/sh
# Speaks the protocol of docs/shim.md for a script that gets a token by client credentials and calls an API: an
# instruction a line on stdin, an answer a line on stdout. The script has its settings in the environment; it prints
# the status that the API answered, and what it has to say on stderr. Needs jq.
#
# usage: shim.sh <script>

said=$(mktemp)
trap 'rm -f "$said"' EXIT

while IFS= read -r instruction; do
  eval "$(printf '%s' "$instruction" | jq --raw-output '@sh "
    deed=\(.do) TOKEN_URL=\(.token_endpoint) CLIENT_ID=\(.client_id) CLIENT_SECRET=\(.client_secret)
    SCOPE=\(.scope) CA_FILE=\(.ca_file) API_URL=\(.call // "")
  "')"
  export TOKEN_URL CLIENT_ID CLIENT_SECRET SCOPE CA_FILE API_URL
  if [ "$deed" != client-credentials ]; then
    echo '{"ok":false,"error":{"name":"Unsupported","message":"this script knows client credentials only"}}'
    continue
  fi
  if status=$(sh "$1" 2>"$said"); then
    answer=$(printf '{"ok":true,"status":%d}' "$status")
  else
    answer=$(jq --null-input --compact-output --arg code "$?" --arg name "$(basename "$1")" --rawfile message "$said" \
      '{ok: false, error: {$name, $code, $message}}')
  fi
  cat "$said" >&2
  printf '%s\n' "$answer"
done
