-- Who organises something puts people on the list who phone or stand at the door: they may have no address at all.
ALTER TABLE registration ADD COLUMN by_organiser INTEGER NOT NULL DEFAULT 0;
DROP INDEX registration_email;
CREATE UNIQUE INDEX registration_email ON registration (platform_id, round_id, email)
    WHERE member_id IS NULL AND state <> 'cancelled' AND email <> '';
