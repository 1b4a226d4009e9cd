-- Rejected rows of uploads, to be mended and uploaded again: kept for an hour, for who uploaded them.

CREATE SCHEMA uploads;

CREATE TABLE uploads.rejected_rows (
    id uuid PRIMARY KEY,
    principal text NOT NULL,
    expires_at timestamptz NOT NULL,
    content bytea NOT NULL
);

GRANT USAGE ON SCHEMA uploads TO segments_service;
GRANT SELECT, INSERT, DELETE ON uploads.rejected_rows TO segments_service;
