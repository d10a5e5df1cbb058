-- The first schema. The same tables, columns, keys and indexes exist for both databases
-- (tests/schema_parity.rs compares them); ids and hashes are BLOBs here, times are
-- milliseconds since 1970 in UTC, truth is 0 or 1.
--
-- Every table of content carries platform_id, and foreign keys include it, so that a row can
-- never point at another platform's row. Big texts stand last in their row: lists skip them.

CREATE TABLE platform (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    tagline TEXT NOT NULL,
    theme TEXT NOT NULL,
    locale TEXT NOT NULL,
    locales TEXT NOT NULL,
    launch TEXT NOT NULL,
    contact TEXT NOT NULL,
    demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    content_version INTEGER NOT NULL DEFAULT 1,
    config_version INTEGER NOT NULL DEFAULT 1,
    house_rules TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;

CREATE TABLE platform_host (
    host TEXT NOT NULL PRIMARY KEY,
    platform_id BLOB NOT NULL REFERENCES platform (id),
    -- The first is the one that mails and links name.
    position INTEGER NOT NULL
) STRICT;
CREATE INDEX platform_host_platform ON platform_host (platform_id);

CREATE TABLE area (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    parent_id BLOB,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, slug),
    FOREIGN KEY (platform_id, parent_id) REFERENCES area (platform_id, id)
) STRICT;

CREATE TABLE topic (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, slug)
) STRICT;

CREATE TABLE member (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    area_id BLOB,
    locale TEXT,
    suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
    demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    about TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, email),
    FOREIGN KEY (platform_id, area_id) REFERENCES area (platform_id, id)
) STRICT;

CREATE TABLE credential (
    platform_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    password_hash TEXT,
    password_set_at INTEGER,
    totp_secret TEXT,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (platform_id, member_id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE recovery_code (
    platform_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (platform_id, member_id, code_hash),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT;

-- Where a role holds: scope_kind says which of the three ids counts ('platform': none).
CREATE TABLE member_grant (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    role TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    area_id BLOB,
    topic_id BLOB,
    organisation_id BLOB,
    granted_by BLOB,
    valid_from INTEGER NOT NULL,
    valid_until INTEGER,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, area_id) REFERENCES area (platform_id, id),
    FOREIGN KEY (platform_id, topic_id) REFERENCES topic (platform_id, id),
    FOREIGN KEY (platform_id, granted_by) REFERENCES member (platform_id, id)
) STRICT;
CREATE INDEX member_grant_member ON member_grant (platform_id, member_id);
CREATE INDEX member_grant_role ON member_grant (platform_id, role);

CREATE TABLE session (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    salt TEXT NOT NULL,
    stage TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, token_hash),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX session_member ON session (platform_id, member_id);
CREATE INDEX session_ends ON session (ends_at);

CREATE TABLE challenge (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    member_id BLOB,
    -- Stands for the address, known or not, in the limit on wrong codes.
    address_key TEXT NOT NULL,
    sign_up TEXT,
    code_hash BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    return_to TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    consumed_at INTEGER,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, token_hash),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX challenge_expires ON challenge (expires_at);
CREATE INDEX challenge_member ON challenge (platform_id, member_id);

CREATE TABLE flash (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    form TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, id)
) STRICT;
CREATE INDEX flash_expires ON flash (expires_at);

CREATE TABLE draft (
    platform_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    draft_key TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, member_id, draft_key),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX draft_updated ON draft (updated_at);

CREATE TABLE post (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic_id BLOB,
    author_id BLOB NOT NULL,
    on_behalf_of TEXT,
    official INTEGER NOT NULL DEFAULT 0 CHECK (official IN (0, 1)),
    version INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    edited_at INTEGER,
    pinned_until INTEGER,
    pinned_by BLOB,
    removed_at INTEGER,
    removed_by BLOB,
    -- The areas as a JSON list, so that a list is read without a join; post_area finds by them.
    area_ids TEXT NOT NULL,
    scene TEXT,
    scene_alt TEXT NOT NULL,
    title TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, topic_id) REFERENCES topic (platform_id, id),
    FOREIGN KEY (platform_id, author_id) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, pinned_by) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, removed_by) REFERENCES member (platform_id, id)
) STRICT;
CREATE INDEX post_newest ON post (platform_id, published_at DESC, id DESC)
    WHERE status = 'published';
CREATE INDEX post_newest_by_topic ON post (platform_id, topic_id, published_at DESC, id DESC)
    WHERE status = 'published';
CREATE INDEX post_newest_by_kind ON post (platform_id, kind, published_at DESC, id DESC)
    WHERE status = 'published';
CREATE INDEX post_pinned ON post (platform_id, pinned_until)
    WHERE status = 'published' AND pinned_until IS NOT NULL;
CREATE INDEX post_author ON post (platform_id, author_id, published_at);
CREATE INDEX post_removed ON post (removed_at) WHERE status = 'removed';

-- Each post's areas with all that they lie in, so that one range of one index answers
-- "what is new in this district?". `direct` tells the areas that the author chose.
CREATE TABLE post_area (
    platform_id BLOB NOT NULL,
    area_id BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    post_id BLOB NOT NULL,
    direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)),
    PRIMARY KEY (platform_id, area_id, published_at, post_id),
    FOREIGN KEY (platform_id, area_id) REFERENCES area (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX post_area_post ON post_area (platform_id, post_id);

CREATE TABLE post_revision (
    platform_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    editor_id BLOB NOT NULL,
    saved_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, post_id, version),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, editor_id) REFERENCES member (platform_id, id)
) STRICT;

-- queued -> sending -> sent | failed | uncertain. What was being sent when the process died is
-- uncertain, and never sent again.
CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    platform_id BLOB NOT NULL REFERENCES platform (id),
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    error_kind TEXT,
    to_name TEXT NOT NULL,
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL
) STRICT;
CREATE INDEX mail_due ON mail (state, due_at);
CREATE INDEX mail_recent ON mail (platform_id, created_at);

CREATE TABLE rate_window (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    window_start INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    PRIMARY KEY (platform_id, name, key_hash, window_start)
) STRICT, WITHOUT ROWID;
CREATE INDEX rate_window_ends ON rate_window (ends_at);

CREATE TABLE periodic (
    name TEXT NOT NULL PRIMARY KEY,
    ran_at INTEGER NOT NULL
) STRICT;

CREATE TABLE report (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    id BLOB NOT NULL,
    member_id BLOB,
    address TEXT NOT NULL,
    email TEXT,
    created_at INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id)
) STRICT;

-- Who did what to what, without names or texts. The ids are no foreign keys: the log outlives
-- what it tells about.
CREATE TABLE audit_log (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    platform_id BLOB NOT NULL REFERENCES platform (id),
    member_id BLOB,
    action TEXT NOT NULL,
    subject_id BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_log_platform ON audit_log (platform_id, at);
