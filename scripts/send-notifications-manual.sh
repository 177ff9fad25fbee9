#!/usr/bin/env bash
# Sends the digests that are due now and whatever waits for another attempt.
exec "$(dirname "$0")/call-cron.sh" send-notifications "$@"
