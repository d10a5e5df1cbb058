-- Activities are looked after and found as posts are.

-- A moderator decided that it is not to be there: who organises it cannot put it back.
ALTER TABLE activity ADD COLUMN moderated INTEGER NOT NULL DEFAULT 0;
