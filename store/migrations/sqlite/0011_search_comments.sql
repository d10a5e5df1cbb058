-- Comments are found too (ADR 0014). Their words are not added to those of the platform: what somebody misspelt in a
-- comment would be taken for a word. Comments from before are filed when the program starts.

-- Which comments are filed. `moment` is when the comment was written in 1/1024 of a millisecond, unlike that of any
-- other comment: it is the row of the comment in search_comment_text.
CREATE TABLE search_comment (
    platform_id BLOB NOT NULL,
    moment INTEGER NOT NULL,
    comment_id BLOB NOT NULL,
    -- By which rules the words were made: what was filed by older ones is filed anew.
    rules INTEGER NOT NULL,
    PRIMARY KEY (platform_id, moment),
    FOREIGN KEY (platform_id, comment_id) REFERENCES comment (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_comment_comment ON search_comment (platform_id, comment_id);
CREATE UNIQUE INDEX search_comment_moment ON search_comment (moment);

-- The stems of the text; `scope` has the platform. The columns are called as those of search_text, so that one question
-- can be asked of both.
CREATE VIRTUAL TABLE search_comment_text USING fts5 (
    scope, title, body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER search_comment_gone AFTER DELETE ON search_comment BEGIN
    DELETE FROM search_comment_text WHERE rowid = OLD.moment;
END;
