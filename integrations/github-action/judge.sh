#!/usr/bin/env bash
# Judges the designs: findings into a SARIF file, the report into the summary of the job, the exit code into the outputs.
# Reads DESIGNS, PACKS and SHELVES (one a line), AS_OF, SARIF_FILE, and what every step has: GITHUB_OUTPUT and
# GITHUB_STEP_SUMMARY. Ends well whatever the status is: decide.sh fails the job, once the findings are handed over.
set -euo pipefail

options=()
if [[ -n "${AS_OF:-}" ]]; then
  options+=("--as-of=$AS_OF")
fi
while IFS= read -r line; do
  if [[ -n "$line" ]]; then options+=("--pack=$line"); fi
done <<<"${PACKS:-}"
while IFS= read -r line; do
  if [[ -n "$line" ]]; then options+=("--shelf=$line"); fi
done <<<"${SHELVES:-}"

designs=()
while IFS= read -r line; do
  line="${line%$'\r'}"
  if [[ -n "$line" ]]; then designs+=("$line"); fi
done <<<"${DESIGNS:-}"
if ((${#designs[@]} == 0)); then
  echo "::error::the input designs is empty"
  exit 3
fi

code=0
supportable check "${options[@]}" --format=sarif --output="$SARIF_FILE" -- "${designs[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
# What the command itself refuses leaves no findings.
if [[ -s "$SARIF_FILE" ]]; then
  echo "sarif-file=$SARIF_FILE" >>"$GITHUB_OUTPUT"
fi
# A step's summary is limited to 1 MiB; what is longer would be dropped whole.
supportable check "${options[@]}" --format=markdown -- "${designs[@]}" 2>/dev/null | head -c 1000000 >>"$GITHUB_STEP_SUMMARY" || true
