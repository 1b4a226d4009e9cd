-- Runs once, as the superuser, when the database server is made. The migrations look after what is
-- in the database; this makes who may log in, as no migration knows a password.
--
--   segments_owner    runs `segments migrate`; owns the database, but is no superuser
--   segments_app      runs `segments serve`; is nobody but a member of segments_service
--   segments_service  what the service may do; nobody logs in as it

\set ON_ERROR_STOP on
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_APP_PASSWORD

CREATE ROLE segments_service NOLOGIN;
CREATE ROLE segments_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE segments_app LOGIN PASSWORD :'app_password';

-- The owner makes the read model's tables as the service, which then owns them.
GRANT segments_service TO segments_owner WITH INHERIT FALSE, SET TRUE;
GRANT segments_service TO segments_app WITH INHERIT TRUE, SET TRUE;

CREATE DATABASE segments OWNER segments_owner;
REVOKE ALL ON DATABASE segments FROM PUBLIC;
GRANT CONNECT ON DATABASE segments TO segments_app;
