-- Fair moderation (Digital Services Act): a case for each piece of content that somebody gave notice about, its
-- notices, what was decided, and who objected. The content is kept as it was, apart from the content itself, so that
-- what was judged stays known when the content is changed or gone: its key is no foreign key. Notices from before
-- become cases of their own.

-- Why a moderator keeps a post from being read: 'hidden', 'held' or 'removed'. Its author can take it away and put it
-- back, but not past this.
ALTER TABLE post ADD COLUMN moderated TEXT;

CREATE TABLE moderation_case (
    platform_id UUID NOT NULL REFERENCES platform (id),
    id UUID NOT NULL,
    status TEXT NOT NULL,
    origin TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID,
    -- The same for the same content: its notices come together.
    subject_key TEXT NOT NULL,
    author_id UUID,
    -- Where it stood, as a JSON list: decides whose case it is.
    area_ids TEXT NOT NULL,
    topic_id UUID,
    notices BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The last decision, when it was, and until when the author may change the content.
    outcome TEXT,
    decided_by UUID,
    decided_at BIGINT,
    due_at BIGINT,
    -- The author changed it after being asked to.
    changed_at BIGINT,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, author_id) REFERENCES member (platform_id, id),
    FOREIGN KEY (platform_id, decided_by) REFERENCES member (platform_id, id)
);
-- One case at a time for the same content, also when fifty give notice at once.
CREATE UNIQUE INDEX moderation_case_subject ON moderation_case (platform_id, subject_key)
    WHERE status IN ('open', 'asked');
CREATE INDEX moderation_case_queue ON moderation_case (platform_id, status, created_at, id);
CREATE INDEX moderation_case_content ON moderation_case (platform_id, subject_key, created_at);
CREATE INDEX moderation_case_author ON moderation_case (platform_id, author_id, created_at);
CREATE INDEX moderation_case_age ON moderation_case (created_at);

CREATE TABLE notice (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    member_id UUID,
    email TEXT,
    locale TEXT NOT NULL,
    category TEXT NOT NULL,
    rule BIGINT,
    address TEXT NOT NULL,
    -- How long its links work, and its sender can be told something.
    follow_until BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, case_id) REFERENCES moderation_case (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id)
);
CREATE INDEX notice_case ON notice (platform_id, case_id, created_at);
CREATE INDEX notice_follow ON notice (follow_until);

-- The secret links that its sender follows it with: each mail has one of its own.
CREATE TABLE notice_link (
    platform_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    notice_id UUID NOT NULL,
    PRIMARY KEY (platform_id, token_hash),
    FOREIGN KEY (platform_id, notice_id) REFERENCES notice (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_link_notice ON notice_link (platform_id, notice_id);

CREATE TABLE decision (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    kind TEXT NOT NULL,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    ground TEXT,
    rule TEXT NOT NULL,
    until_at BIGINT,
    overturned_at BIGINT,
    facts TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, case_id) REFERENCES moderation_case (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, made_by) REFERENCES member (platform_id, id)
);
CREATE INDEX decision_case ON decision (platform_id, case_id, made_at);
CREATE INDEX decision_made ON decision (platform_id, made_at);

CREATE TABLE appeal (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    party TEXT NOT NULL,
    -- The author, or the notice whose sender objected: each objects once.
    party_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    outcome TEXT,
    decided_by UUID,
    decided_at BIGINT,
    message TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, decision_id, party_id),
    FOREIGN KEY (platform_id, case_id) REFERENCES moderation_case (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, decision_id) REFERENCES decision (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, decided_by) REFERENCES member (platform_id, id)
);
CREATE INDEX appeal_case ON appeal (platform_id, case_id, created_at);
CREATE INDEX appeal_made ON appeal (platform_id, created_at);

CREATE TABLE suspension (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    case_id UUID NOT NULL,
    decision_id UUID NOT NULL,
    starts_at BIGINT NOT NULL,
    -- It ends by itself.
    ends_at BIGINT NOT NULL,
    lifted_at BIGINT,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, case_id) REFERENCES moderation_case (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, decision_id) REFERENCES decision (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX suspension_member ON suspension (platform_id, member_id, ends_at);
CREATE INDEX suspension_decision ON suspension (platform_id, decision_id);

-- Each notice from before (215 days, in which it can be followed, are 18576000000 milliseconds) becomes a case: about the post where its address is one, or else about the address.
CREATE TEMPORARY TABLE moved AS
SELECT r.platform_id, r.id, r.created_at, p.id AS post_id,
    ROW_NUMBER() OVER (PARTITION BY r.platform_id,
        CASE WHEN p.id IS NOT NULL THEN p.id::text WHEN r.address = '' THEN r.id::text ELSE r.address END
        ORDER BY r.created_at, r.id) AS place,
    FIRST_VALUE(r.id) OVER (PARTITION BY r.platform_id,
        CASE WHEN p.id IS NOT NULL THEN p.id::text WHEN r.address = '' THEN r.id::text ELSE r.address END
        ORDER BY r.created_at, r.id) AS case_id,
    CASE WHEN p.id IS NOT NULL THEN 'post:' || lower(substr(r.address, 12, 36))
         WHEN r.address = '' THEN 'address:' || r.id::text ELSE 'address:' || r.address END AS subject_key
FROM report r
LEFT JOIN post p ON p.platform_id = r.platform_id
    AND p.id = CASE WHEN r.address ~ '^/berichten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN substr(r.address, 12)::uuid END;
INSERT INTO moderation_case (platform_id, id, status, origin, subject_kind, subject_id, subject_key, author_id,
    area_ids, topic_id, notices, version, created_at, snapshot)
SELECT m.platform_id, m.case_id, 'open', 'notice', CASE WHEN m.post_id IS NULL THEN 'address' ELSE 'post' END,
    m.post_id, m.subject_key, p.author_id, COALESCE(p.area_ids, '[]'), p.topic_id,
    (SELECT COUNT(*) FROM moved n WHERE n.platform_id = m.platform_id AND n.case_id = m.case_id), 1, m.created_at,
    CASE WHEN p.id IS NULL THEN '{}' ELSE json_build_object('kind', p.kind, 'title', p.title, 'body', p.body,
        'author_name', a.name, 'version', p.version)::text END
FROM moved m
LEFT JOIN post p ON p.platform_id = m.platform_id AND p.id = m.post_id
LEFT JOIN member a ON a.platform_id = p.platform_id AND a.id = p.author_id
WHERE m.place = 1;
INSERT INTO notice (platform_id, id, case_id, member_id, email, locale, category, address, follow_until, created_at,
    message)
SELECT r.platform_id, r.id, m.case_id, r.member_id, r.email, l.locale, 'other', r.address,
    r.created_at + 18576000000, r.created_at, r.message
FROM report r
JOIN moved m ON m.platform_id = r.platform_id AND m.id = r.id
JOIN platform l ON l.id = r.platform_id;
DROP TABLE moved;
DROP TABLE report;
