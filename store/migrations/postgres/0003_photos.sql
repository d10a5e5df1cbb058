-- Photos. The files lie beside the database, under the photo's key: the row comes first and goes last, so that there
-- is never a file that no row knows. A photo without a post goes after a day, with its files.

CREATE TABLE photo (
    platform_id UUID NOT NULL,
    id UUID NOT NULL,
    owner_id UUID NOT NULL,
    post_id UUID,
    position BIGINT NOT NULL DEFAULT 0,
    alt TEXT NOT NULL DEFAULT '',
    caption TEXT NOT NULL DEFAULT '',
    focal_x BIGINT NOT NULL DEFAULT 50 CHECK (focal_x BETWEEN 0 AND 100),
    focal_y BIGINT NOT NULL DEFAULT 50 CHECK (focal_y BETWEEN 0 AND 100),
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    placeholder TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (platform_id, id),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id),
    FOREIGN KEY (platform_id, owner_id) REFERENCES member (platform_id, id)
);
CREATE INDEX photo_post ON photo (platform_id, post_id, position);
CREATE INDEX photo_owner ON photo (platform_id, owner_id);
CREATE INDEX photo_loose ON photo (created_at) WHERE post_id IS NULL;
