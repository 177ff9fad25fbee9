#!/usr/bin/env bash
# Runs sweep now.
exec "$(dirname "$0")/call-cron.sh" sweep "$@"
