-- Several drafts of one member, drafts that publish themselves at a moment, posts that expire, and changes that
-- somebody proposes to a post. The one draft that a member had before keeps what is in it, under the member's own key.

CREATE TABLE kept_draft (
    platform_id UUID NOT NULL,
    member_id UUID NOT NULL,
    -- Made by whoever opens the form; together with the member it is nobody else's.
    id UUID NOT NULL,
    -- open | scheduled | refused | published | discarded
    state TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- When it publishes itself, or has.
    publish_at BIGINT,
    -- What became of it.
    post_id UUID,
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, member_id, id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
);
INSERT INTO kept_draft (platform_id, member_id, id, state, updated_at, content)
SELECT platform_id, member_id, member_id, 'open', updated_at, content FROM draft WHERE draft_key = 'new-post';
DROP TABLE draft;
ALTER TABLE kept_draft RENAME TO draft;
CREATE INDEX draft_newest ON draft (platform_id, member_id, updated_at);
CREATE INDEX draft_updated ON draft (updated_at);
CREATE INDEX draft_due ON draft (publish_at) WHERE state = 'scheduled';
CREATE INDEX draft_post ON draft (platform_id, post_id) WHERE post_id IS NOT NULL;

-- Photos that a draft needs stay for as long as it does.
CREATE TABLE draft_photo (
    platform_id UUID NOT NULL,
    member_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    photo_id UUID NOT NULL,
    PRIMARY KEY (platform_id, member_id, draft_id, photo_id),
    FOREIGN KEY (platform_id, member_id, draft_id) REFERENCES draft (platform_id, member_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, photo_id) REFERENCES photo (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX draft_photo_photo ON draft_photo (platform_id, photo_id);

ALTER TABLE post ADD COLUMN expires_at BIGINT;
CREATE INDEX post_expires ON post (expires_at) WHERE status = 'published' AND expires_at IS NOT NULL;

CREATE TABLE proposal (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    post_id UUID NOT NULL,
    member_id UUID NOT NULL,
    -- open | accepted | declined
    status TEXT NOT NULL,
    -- The version that the proposer had before them, and the one that was made of it.
    base_version BIGINT NOT NULL,
    accepted_version BIGINT,
    created_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    -- Why it is proposed, and why it was declined.
    why TEXT NOT NULL,
    reasons TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, decided_by) REFERENCES member (platform_id, id)
);
CREATE INDEX proposal_queue ON proposal (platform_id, status, created_at, id);
CREATE INDEX proposal_post ON proposal (platform_id, post_id, accepted_version);
CREATE INDEX proposal_own ON proposal (platform_id, member_id, created_at);
