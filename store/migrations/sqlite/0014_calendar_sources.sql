-- Calendars of others that the agenda follows. What comes from them are ordinary activities.

CREATE TABLE calendar_source (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    -- Who set it up; organises what comes from it.
    owner_id BLOB NOT NULL,
    name TEXT NOT NULL,
    -- Where it is read; empty for a file that was sent. May hold a secret of its owner.
    address TEXT NOT NULL,
    topic_id BLOB,
    -- JSON list of keys; empty for the whole platform.
    area_ids TEXT NOT NULL,
    cost TEXT NOT NULL,
    -- 'active' or 'removed'.
    status TEXT NOT NULL,
    -- Counts up with every reading: of two at once only one counts.
    version INTEGER NOT NULL,
    read_at INTEGER,
    tried_at INTEGER,
    -- JSON; empty when there was none.
    trouble TEXT NOT NULL,
    failures INTEGER NOT NULL,
    -- When it is read again; also until when a process that reads it has time. NULL for a file.
    due_at INTEGER,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    -- What was found at the last reading, as JSON.
    tally TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_by BLOB,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id) REFERENCES platform (id),
    FOREIGN KEY (platform_id, owner_id) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, removed_by) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, topic_id) REFERENCES topic (platform_id, id)
) STRICT;
CREATE INDEX calendar_source_due ON calendar_source (due_at) WHERE status = 'active';
CREATE INDEX calendar_source_owner ON calendar_source (platform_id, owner_id);
CREATE INDEX calendar_source_removed ON calendar_source (removed_at) WHERE status = 'removed';

-- Which activity is which event of a calendar: never two for one.
CREATE TABLE calendar_item (
    platform_id BLOB NOT NULL,
    source_id BLOB NOT NULL,
    -- Its name for programs, or what stands for a long one.
    uid TEXT NOT NULL,
    activity_id BLOB NOT NULL,
    -- Its own page elsewhere; may be empty.
    url TEXT NOT NULL,
    -- The same for as long as nothing of it has changed.
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (platform_id, source_id, uid),
    FOREIGN KEY (platform_id, source_id) REFERENCES calendar_source (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX calendar_item_activity ON calendar_item (platform_id, activity_id);
