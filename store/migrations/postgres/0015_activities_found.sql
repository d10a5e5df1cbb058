-- Activities are looked after and found as posts are.

-- A moderator decided that it is not to be there: who organises it cannot put it back.
ALTER TABLE activity ADD COLUMN moderated BOOLEAN NOT NULL DEFAULT FALSE;

-- What is filed for search: posts, and activities with them, so that one question finds both (ADR 0014). `moment` is
-- when a post was published, or an activity put into the agenda, in 1/1024 of a millisecond, unlike that of anything
-- else. Activities from before are filed when the program starts.
ALTER TABLE search_post RENAME TO search_entry;
ALTER TABLE search_entry ALTER COLUMN post_id DROP NOT NULL;
ALTER TABLE search_entry ADD COLUMN activity_id UUID;
ALTER TABLE search_entry ADD FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id)
    ON DELETE CASCADE;
-- One of the two.
ALTER TABLE search_entry ADD CHECK ((post_id IS NULL) <> (activity_id IS NULL));
ALTER INDEX search_post_pkey RENAME TO search_entry_pkey;
ALTER INDEX search_post_post RENAME TO search_entry_post;
ALTER INDEX search_post_moment RENAME TO search_entry_moment;
ALTER INDEX search_post_document RENAME TO search_entry_document;
CREATE UNIQUE INDEX search_entry_activity ON search_entry (platform_id, activity_id);

-- Every saved version of an activity. Of activities from before, the first one is kept when they change.
CREATE TABLE activity_revision (
    platform_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    version BIGINT NOT NULL,
    editor_id UUID NOT NULL,
    saved_at BIGINT NOT NULL,
    -- What it says and when it is, as JSON.
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, activity_id, version),
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, editor_id) REFERENCES member (platform_id, id)
);
