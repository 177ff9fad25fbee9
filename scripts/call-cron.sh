#!/usr/bin/env bash
# Calls a job's cron route by hand: scripts/call-cron.sh <job> [name=value …]
# Where: APP_URL and CRON_SECRET from the environment, else from the running `npm run dev` (.local/stack.json).
set -euo pipefail
cd "$(dirname "$0")/.."

job=${1:?usage: scripts/call-cron.sh <job> [name=value …]}
shift

stack="${BANZUKE_DATA_DIR:-.local}/stack.json"
field() { sed -n "s/^ *\"$1\": *\"\([^\"]*\)\".*/\1/p" "$stack" | head -n 1; }
if [ -z "${CRON_SECRET:-}" ]; then
  if [ ! -r "$stack" ]; then
    echo "Nothing to call: start the app with 'npm run dev', or set APP_URL and CRON_SECRET." >&2
    exit 2
  fi
  CRON_SECRET=$(field cronSecret)
  APP_URL=${APP_URL:-$(field app)}
fi
APP_URL=${APP_URL:-http://localhost:3000}

query=(--data-urlencode trigger=manual)
for pair in "$@"; do query+=(--data-urlencode "$pair"); done

# The bearer goes in on standard input, so that it does not show in the process list.
answer=$(curl --silent --show-error --write-out '\n%{http_code}' --max-time 320 \
  --get "${query[@]}" --header @- "$APP_URL/api/cron/$job" \
  <<<"Authorization: Bearer $CRON_SECRET") || {
  echo "Could not reach $APP_URL: is the app running?" >&2
  exit 1
}
echo "${answer%$'\n'*}"
[ "${answer##*$'\n'}" = 200 ]
