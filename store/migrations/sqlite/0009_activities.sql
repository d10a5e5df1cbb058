-- Activities: what happens, once or by a rule. Times by the clock on the wall are text (2026-12-01T10:00); what a
-- series means is known by the program, and here only between which moments it can happen.

CREATE TABLE activity (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    -- 'published' or 'removed'.
    status TEXT NOT NULL,
    organiser_id BLOB NOT NULL,
    topic_id BLOB,
    -- JSON list of keys; empty for the whole platform.
    area_ids TEXT NOT NULL,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    place TEXT NOT NULL,
    wheelchair INTEGER NOT NULL,
    online TEXT NOT NULL,
    -- Empty: free of charge.
    cost TEXT NOT NULL,
    -- Words separated by spaces.
    audience TEXT NOT NULL,
    languages TEXT NOT NULL,
    scene TEXT,
    scene_alt TEXT NOT NULL,
    -- The first time, how long each lasts, and how it comes back (RFC 5545; empty for once).
    starts TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    rule TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    extra TEXT NOT NULL,
    -- Nothing of it begins before, and nothing ends after. Without an end the largest number that there is.
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    removed_at INTEGER,
    removed_by BLOB,
    -- From which activity this one goes on, and as which.
    previous_id BLOB,
    next_id BLOB,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id) REFERENCES platform (id),
    FOREIGN KEY (platform_id, organiser_id) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, removed_by) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, topic_id) REFERENCES topic (platform_id, id)
) STRICT;
CREATE INDEX activity_window ON activity (platform_id, last_at, first_at) WHERE status = 'published';
CREATE INDEX activity_organiser ON activity (platform_id, organiser_id, created_at);
CREATE INDEX activity_removed ON activity (removed_at) WHERE status = 'removed';

-- A time of a series that is not as the others, named by when it would have been.
CREATE TABLE activity_change (
    platform_id BLOB NOT NULL,
    activity_id BLOB NOT NULL,
    instead_of TEXT NOT NULL,
    starts TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    -- From the earlier of when it would have been and when it is, to the later.
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (platform_id, activity_id, instead_of),
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, changed_by) REFERENCES member (platform_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_change_member ON activity_change (platform_id, changed_by);
