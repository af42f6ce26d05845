# Tells Glewlwyd by its administration API (API.md) what /etc/glewlwyd/provision lists, a path and a JSON body a line.
set -eu
cookies=$(mktemp)
# What it was told in an earlier life it still knows.
told=/var/lib/glewlwyd.told
url=http://127.0.0.1:4593
ask() { curl -sS --fail-with-body -b "$cookies" -c "$cookies" -H 'Content-Type: application/json' "$@"; }

provision() {
  until curl -s -o /dev/null "$url/config"; do sleep 0.05; done
  if [ ! -e "$told" ]; then
    ask "$url/api/auth/" -d '{"username":"admin","password":"password"}'
    while read -r path body; do
      ask "$url/api/$path" -d "$body" || { echo "Glewlwyd refused: $path $body"; kill 1; }
    done < /etc/glewlwyd/provision
    touch "$told"
  fi
  echo 'Glewlwyd is provisioned'
}

provision &
exec glewlwyd --config-file=/etc/glewlwyd/glewlwyd.conf --log-mode=console --env-variables
