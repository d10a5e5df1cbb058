-- What people say about a calendar of others can be changed: how often it is read, and on which version of their words a
-- change was made. (The version beside it counts readings too.)
ALTER TABLE calendar_source ADD COLUMN rhythm TEXT NOT NULL DEFAULT 'daily';
ALTER TABLE calendar_source ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
