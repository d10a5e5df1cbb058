-- What all servers of this database sign with, one key for each purpose. Nobody else knows it.
CREATE TABLE signing_key (
    purpose TEXT NOT NULL PRIMARY KEY,
    secret BLOB NOT NULL
) STRICT;
