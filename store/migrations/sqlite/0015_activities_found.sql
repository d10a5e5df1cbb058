-- Activities are looked after and found as posts are.

-- A moderator decided that it is not to be there: who organises it cannot put it back.
ALTER TABLE activity ADD COLUMN moderated INTEGER NOT NULL DEFAULT 0;

-- What is filed for search: posts, and activities with them, so that one question finds both (ADR 0014). `moment` is
-- when a post was published, or an activity put into the agenda, in 1/1024 of a millisecond, unlike that of anything
-- else: it is its row in search_text. Activities from before are filed when the program starts.
CREATE TABLE search_entry (
    platform_id BLOB NOT NULL,
    moment INTEGER NOT NULL,
    -- One of the two.
    post_id BLOB,
    activity_id BLOB,
    -- By which rules the words were made: what was filed by older ones is filed anew.
    rules INTEGER NOT NULL,
    PRIMARY KEY (platform_id, moment),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE,
    CHECK ((post_id IS NULL) <> (activity_id IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO search_entry (platform_id, moment, post_id, rules)
    SELECT platform_id, moment, post_id, rules FROM search_post;
-- Its rows in search_text stay: they are those of search_entry now.
DROP TRIGGER search_post_gone;
DROP TABLE search_post;
CREATE UNIQUE INDEX search_entry_post ON search_entry (platform_id, post_id);
CREATE UNIQUE INDEX search_entry_activity ON search_entry (platform_id, activity_id);
CREATE UNIQUE INDEX search_entry_moment ON search_entry (moment);
CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
    DELETE FROM search_text WHERE rowid = OLD.moment;
END;

-- Every saved version of an activity. Of activities from before, the first one is kept when they change.
CREATE TABLE activity_revision (
    platform_id BLOB NOT NULL,
    activity_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    editor_id BLOB NOT NULL,
    saved_at INTEGER NOT NULL,
    -- What it says and when it is, as JSON.
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, activity_id, version),
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, editor_id) REFERENCES member (platform_id, id)
) STRICT, WITHOUT ROWID;
