-- Where an activity is on the map, in millionths of a degree (WGS 84); both or neither.
ALTER TABLE activity ADD COLUMN latitude BIGINT;
ALTER TABLE activity ADD COLUMN longitude BIGINT;

-- The map of a community with the places that it knows, as JSON; empty for none.
ALTER TABLE platform ADD COLUMN map TEXT NOT NULL DEFAULT '';
