#!/usr/bin/env bash
# Fails the job or lets it pass. Reads EXIT_CODE, that of `supportable check`, and FAIL_ON.
set -euo pipefail

case "$FAIL_ON" in
  never) failing="" ;;
  unsupported) failing="1 3 4" ;;
  undetermined) failing="1 2 3 4" ;;
  *)
    echo "::error::fail-on is '$FAIL_ON', and should be unsupported, undetermined or never"
    exit 3
    ;;
esac

case "$EXIT_CODE" in
  0) words="every design is supported, or will be once the listed actions are done" ;;
  1) words="a design is limited or unsupported" ;;
  2) words="a design is undetermined, or no rule covers it" ;;
  3) words="a design or a pack could not be read" ;;
  4) words="the cross-check did not agree" ;;
  *)
    echo "::error::supportable ended with the code '$EXIT_CODE'"
    exit 70
    ;;
esac

for code in $failing; do
  if [[ "$EXIT_CODE" == "$code" ]]; then
    echo "::error::$words"
    exit "$EXIT_CODE"
  fi
done
echo "$words"
