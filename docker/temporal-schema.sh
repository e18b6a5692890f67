#!/bin/sh
# Brings both of Temporal's databases to the schema of this image. Can be run again: what is there stays.
set -eu

for schema in temporal visibility; do
  case "$schema" in
    temporal) export SQL_DATABASE=temporal ;;
    visibility) export SQL_DATABASE=temporal_visibility ;;
  esac
  temporal-sql-tool setup-schema --version 0.0
  temporal-sql-tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
