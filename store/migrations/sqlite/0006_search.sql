-- What search finds posts by (ADR 0014). The program makes the words of a text: folded, and as stems. FTS5 only files
-- them, so that both databases find the same. Posts from before are filed when the program starts.

-- Which posts are filed. `moment` is when the post was published in 1/1024 of a millisecond, unlike that of any other
-- post: it is the row of the post in search_text, so that what is found comes newest first.
CREATE TABLE search_post (
    platform_id BLOB NOT NULL,
    moment INTEGER NOT NULL,
    post_id BLOB NOT NULL,
    -- By which rules the words were made: what was filed by older ones is filed anew.
    rules INTEGER NOT NULL,
    PRIMARY KEY (platform_id, moment),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX search_post_post ON search_post (platform_id, post_id);
CREATE UNIQUE INDEX search_post_moment ON search_post (moment);

-- The stems of title and text; `scope` has what choices ask for: platform, kind, topic, areas.
CREATE VIRTUAL TABLE search_text USING fts5 (
    scope, title, body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER search_post_gone AFTER DELETE ON search_post BEGIN
    DELETE FROM search_text WHERE rowid = OLD.moment;
END;

-- Every word that is filed, for words that are made with it and words that look like it.
CREATE TABLE search_word (
    platform_id BLOB NOT NULL REFERENCES platform (id),
    word TEXT NOT NULL,
    stem TEXT NOT NULL,
    -- The stem from its end: "bakfiets" ends in "fiets".
    tail TEXT NOT NULL,
    -- The row of the word in search_spelling.
    number INTEGER NOT NULL,
    PRIMARY KEY (platform_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_word_tail ON search_word (platform_id, tail);
CREATE UNIQUE INDEX search_word_number ON search_word (number);

-- The trigrams of each word.
CREATE VIRTUAL TABLE search_spelling USING fts5 (
    scope, trigrams, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);
CREATE TRIGGER search_word_gone AFTER DELETE ON search_word BEGIN
    DELETE FROM search_spelling WHERE rowid = OLD.number;
END;
