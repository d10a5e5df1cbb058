-- Photos. The files lie beside the database, under the photo's key: the row comes first and goes last, so that there
-- is never a file that no row knows. A photo without a post goes after a day, with its files.

CREATE TABLE photo (
    platform_id BLOB NOT NULL,
    id BLOB NOT NULL,
    owner_id BLOB NOT NULL,
    post_id BLOB,
    position INTEGER NOT NULL DEFAULT 0,
    alt TEXT NOT NULL DEFAULT '',
    caption TEXT NOT NULL DEFAULT '',
    focal_x INTEGER NOT NULL DEFAULT 50 CHECK (focal_x BETWEEN 0 AND 100),
    focal_y INTEGER NOT NULL DEFAULT 50 CHECK (focal_y BETWEEN 0 AND 100),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    placeholder TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id),
    FOREIGN KEY (platform_id, owner_id) REFERENCES member (platform_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_post ON photo (platform_id, post_id, position);
CREATE INDEX photo_owner ON photo (platform_id, owner_id);
CREATE INDEX photo_loose ON photo (created_at) WHERE post_id IS NULL;
