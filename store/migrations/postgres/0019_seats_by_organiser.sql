-- Who organises something puts people on the list who phone or stand at the door: they may have no address at all.
ALTER TABLE registration ADD COLUMN by_organiser BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX registration_email;
CREATE UNIQUE INDEX registration_email ON registration (platform_id, round_id, email)
    WHERE member_id IS NULL AND state <> 'cancelled' AND email <> '';

-- Of a whole series people are reminded before each of its times: on which days they have been, and when it was then.
CREATE TABLE registration_reminder (
    platform_id UUID NOT NULL,
    round_id UUID NOT NULL,
    -- Of the time's name, which stays when its hours change.
    day TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    PRIMARY KEY (platform_id, round_id, day),
    FOREIGN KEY (platform_id, round_id) REFERENCES registration_round (platform_id, id) ON DELETE CASCADE
);
CREATE INDEX registration_round_series ON registration_round (starts_at) WHERE occurrence = '';
-- Who wants no reminders has none.
ALTER TABLE registration ADD COLUMN reminders BOOLEAN NOT NULL DEFAULT TRUE;
