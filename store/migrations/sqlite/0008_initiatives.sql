-- Lists of what somebody wrote in their own name; and initiatives: a post of that kind with a goal, what it needs,
-- who takes part, and how it goes on.

CREATE INDEX post_newest_by_author ON post (platform_id, author_id, published_at DESC, id DESC)
    WHERE status = 'published' AND on_behalf_of IS NULL;

-- Made when its team first says something about it: until then an initiative has just begun.
CREATE TABLE initiative (
    platform_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    stage TEXT NOT NULL,
    goal TEXT NOT NULL,
    -- A word of thanks, or why it stopped.
    closing TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (platform_id, post_id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE initiative_need (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    -- People, pieces, euros or places, by kind; and how many of them came from elsewhere.
    wanted INTEGER NOT NULL,
    found INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_need_post ON initiative_need (platform_id, post_id, id);

-- Who takes part, each once. `team`: 'no', 'invited', 'asked' or 'in'.
CREATE TABLE initiative_member (
    platform_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    team TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (platform_id, post_id, member_id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_member_member ON initiative_member (platform_id, member_id);

-- Who takes care of what is needed; whoever leaves the initiative leaves this too.
CREATE TABLE initiative_helper (
    platform_id BLOB NOT NULL,
    need_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    PRIMARY KEY (platform_id, need_id, member_id),
    FOREIGN KEY (platform_id, need_id) REFERENCES initiative_need (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, post_id, member_id)
        REFERENCES initiative_member (platform_id, post_id, member_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX initiative_helper_member ON initiative_helper (platform_id, post_id, member_id);

CREATE TABLE initiative_update (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    post_id BLOB NOT NULL,
    author_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, author_id) REFERENCES member (platform_id, id)
) STRICT;
CREATE INDEX initiative_update_post ON initiative_update (platform_id, post_id, id);
CREATE INDEX initiative_update_author ON initiative_update (platform_id, author_id);
