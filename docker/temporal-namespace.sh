#!/bin/sh
# Makes the namespace when there is none. Closed workflows stay visible in it for seven days.
set -eu

tries_left=60
until temporal operator cluster health; do
  tries_left=$((tries_left - 1))
  if [ "$tries_left" -eq 0 ]; then
    echo "Temporal at $TEMPORAL_ADDRESS is not healthy after a minute: see its log." >&2
    exit 1
  fi
  sleep 1
done

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  echo "Namespace $TEMPORAL_NAMESPACE is there."
else
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 7d
fi
