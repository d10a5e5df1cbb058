-- Comments that wait for somebody to look at them. The mark outlives the status: whoever takes such a comment away and
-- puts it back has it held as before. Held ones are not counted, and have no number among the changes that readers are told.
ALTER TABLE comment ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));

-- A version in which the last day of a post was changed: the moment at which it ends, or 0 where it ends no more.
ALTER TABLE post_revision ADD COLUMN last_day INTEGER;
