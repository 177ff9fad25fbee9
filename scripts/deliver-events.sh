#!/usr/bin/env bash
# Runs deliver-events now.
exec "$(dirname "$0")/call-cron.sh" deliver-events "$@"
