-- The address of a member's own calendar, which nobody else knows: one at a time, kept as its hash.
CREATE TABLE member_calendar (
    platform_id UUID NOT NULL,
    member_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (platform_id, member_id),
    UNIQUE (platform_id, token_hash),
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
);
