#!/bin/sh
# Run once by the Postgres image, on an empty data folder: one role and database for posthorn, one role and two databases for Temporal.
set -eu

psql --no-psqlrc --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 \
  --set posthorn_password="$POSTHORN_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role posthorn login password :'posthorn_password';
create role temporal login password :'temporal_password';
create database posthorn owner posthorn;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
SQL
