-- Comments under posts, and thanks. A conversation keeps the counts, and numbers the changes to
-- its comments, so that readers can ask for what came after the one they know. It is a row of its own: a post's row
-- is large, and written by its editors.

-- Made with the first comment or thanks.
CREATE TABLE conversation (
    platform_id UUID NOT NULL,
    post_id UUID NOT NULL,
    comments BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 0,
    thanks BIGINT NOT NULL DEFAULT 0,
    closed BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (platform_id, post_id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
);

CREATE TABLE comment (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    post_id UUID NOT NULL,
    -- The comment that began the thread: itself, or the one it replies to.
    thread_id UUID NOT NULL,
    author_id UUID NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed_in BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    removed_at BIGINT,
    removed_by UUID,
    thanks_count BIGINT NOT NULL DEFAULT 0,
    html TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, thread_id) REFERENCES comment (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, author_id) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, removed_by) REFERENCES member (platform_id, id)
);
CREATE INDEX comment_thread ON comment (platform_id, post_id, thread_id, id);
CREATE INDEX comment_changed ON comment (platform_id, post_id, changed_in);
CREATE INDEX comment_author ON comment (platform_id, author_id, post_id);
CREATE INDEX comment_parent ON comment (platform_id, thread_id);
CREATE INDEX comment_removed ON comment (removed_at) WHERE status = 'removed';

-- Whom a comment is for: who wrote the post, who began the thread, who is named in it.
CREATE TABLE comment_reader (
    platform_id UUID NOT NULL,
    member_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (platform_id, member_id, comment_id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, comment_id) REFERENCES comment (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX comment_reader_comment ON comment_reader (platform_id, comment_id);

CREATE TABLE post_thanks (
    platform_id UUID NOT NULL,
    post_id UUID NOT NULL,
    member_id UUID NOT NULL,
    PRIMARY KEY (platform_id, post_id, member_id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX post_thanks_member ON post_thanks (platform_id, member_id);

CREATE TABLE comment_thanks (
    platform_id UUID NOT NULL,
    comment_id UUID NOT NULL,
    post_id UUID NOT NULL,
    member_id UUID NOT NULL,
    PRIMARY KEY (platform_id, comment_id, member_id),
    FOREIGN KEY (platform_id, comment_id) REFERENCES comment (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX comment_thanks_member ON comment_thanks (platform_id, member_id, post_id);
CREATE INDEX comment_thanks_post ON comment_thanks (platform_id, post_id);
