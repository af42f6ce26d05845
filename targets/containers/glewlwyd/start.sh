# Tells Glewlwyd by its administration API (API.md) what /etc/glewlwyd/provision lists, a path and a JSON body a line.
set -eu
cookies=$(mktemp)
ask() { curl -sS --fail-with-body -b "$cookies" -c "$cookies" -H 'Content-Type: application/json' "$@"; }

provision() {
  api=http://127.0.0.1:4593/api
  until curl -s -o /dev/null "$api/../config"; do sleep 0.05; done
  ask "$api/auth/" -d '{"username":"admin","password":"password"}'
  while read -r path body; do
    ask "$api/$path" -d "$body" || { echo "Glewlwyd refused: $path $body"; kill 1; }
  done < /etc/glewlwyd/provision
  echo 'Glewlwyd is provisioned'
}

provision &
exec glewlwyd --config-file=/etc/glewlwyd/glewlwyd.conf --log-mode=console --env-variables
