#!/usr/bin/env bash
# Brings topic metrics to the current minute now. verify=true also counts everything anew and compares.
exec "$(dirname "$0")/call-cron.sh" refresh-trending "$@"
