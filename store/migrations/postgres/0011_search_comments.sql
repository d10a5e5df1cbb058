-- Comments are found too (ADR 0014). Their words are not added to those of the platform: what somebody misspelt in a
-- comment would be taken for a word. Comments from before are filed when the program starts.

-- Which comments are filed. `moment` is when the comment was written in 1/1024 of a millisecond, unlike that of any
-- other comment.
CREATE TABLE search_comment (
    platform_id UUID NOT NULL,
    moment BIGINT NOT NULL,
    comment_id UUID NOT NULL,
    -- By which rules the words were made: what was filed by older ones is filed anew.
    rules BIGINT NOT NULL,
    -- The stems of the text, and the platform.
    document TSVECTOR NOT NULL,
    PRIMARY KEY (platform_id, moment),
    FOREIGN KEY (platform_id, comment_id) REFERENCES comment (platform_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX search_comment_comment ON search_comment (platform_id, comment_id);
CREATE UNIQUE INDEX search_comment_moment ON search_comment (moment);
CREATE INDEX search_comment_document ON search_comment USING GIN (document);
