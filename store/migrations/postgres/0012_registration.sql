-- Registering for activities: the rules are with the activity (JSON; empty where people just come), and who registers
-- for one time of it, or for the whole series, is in one round.
ALTER TABLE activity ADD COLUMN registration TEXT NOT NULL DEFAULT '';
-- A calendar that goes with a mail; empty for most.
ALTER TABLE mail ADD COLUMN calendar TEXT NOT NULL DEFAULT '';

CREATE TABLE registration_round (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    activity_id UUID NOT NULL,
    -- When it would have been (activity_change.instead_of); empty for the whole series.
    occurrence TEXT NOT NULL,
    -- Of the last one who registered. Whoever registers, changes or cancels holds this row: seats are given out one by
    -- one.
    last_place BIGINT NOT NULL,
    -- When it is; of a whole series its first time that was to come, and its last one.
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- Whether the mail of the day before was written.
    reminded BOOLEAN NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, activity_id, occurrence),
    FOREIGN KEY (platform_id, activity_id) REFERENCES activity (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX registration_round_due ON registration_round (starts_at) WHERE reminded = FALSE;
CREATE INDEX registration_round_over ON registration_round (ends_at);

CREATE TABLE registration (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    round_id UUID NOT NULL,
    -- Name and address are the member's own; without an account they are here.
    member_id UUID,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    locale TEXT,
    guests BIGINT NOT NULL,
    -- JSON list, in the order of the questions.
    answers TEXT NOT NULL,
    -- 'seat', 'waiting' or 'cancelled'.
    state TEXT NOT NULL,
    -- In which order people came.
    place BIGINT NOT NULL,
    -- Until then the address can be confirmed; empty when it is.
    hold_until BIGINT,
    came BOOLEAN NOT NULL,
    sequence BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (platform_id, id),
    UNIQUE (platform_id, round_id, place),
    FOREIGN KEY (platform_id, round_id) REFERENCES registration_round (platform_id, id) ON DELETE CASCADE,
    FOREIGN KEY (platform_id, member_id) REFERENCES member (platform_id, id) ON DELETE CASCADE
);
-- Everybody once, however often and however fast they click.
CREATE UNIQUE INDEX registration_member ON registration (platform_id, round_id, member_id)
    WHERE member_id IS NOT NULL AND state <> 'cancelled';
CREATE UNIQUE INDEX registration_email ON registration (platform_id, round_id, email)
    WHERE member_id IS NULL AND state <> 'cancelled';
CREATE INDEX registration_of_member ON registration (platform_id, member_id);
CREATE INDEX registration_hold ON registration (hold_until) WHERE hold_until IS NOT NULL;

-- Links out of mails, by which people confirm, change and cancel. Each mail has its own, so that older mails work too.
CREATE TABLE registration_link (
    platform_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    registration_id UUID NOT NULL,
    PRIMARY KEY (platform_id, token_hash),
    FOREIGN KEY (platform_id, registration_id) REFERENCES registration (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX registration_link_registration ON registration_link (platform_id, registration_id);
