#!/usr/bin/env bash
# Closes today's theme and any earlier one nobody closed. To name one: scripts/finalize-ranking.sh theme_id=…
# or date=2026-11-22; force=true records a new version where the ranking differs.
exec "$(dirname "$0")/call-cron.sh" finalize-ranking "$@"
