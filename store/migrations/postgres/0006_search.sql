-- What search finds posts by (ADR 0014). The program makes the words of a text: folded, and as stems. PostgreSQL only
-- files them, so that both databases find the same. Posts from before are filed when the program starts.

-- Which posts are filed. `moment` is when the post was published in 1/1024 of a millisecond, unlike that of any other
-- post, so that what is found comes newest first.
CREATE TABLE search_post (
    platform_id UUID NOT NULL,
    moment BIGINT NOT NULL,
    post_id UUID NOT NULL,
    -- By which rules the words were made: what was filed by older ones is filed anew.
    rules BIGINT NOT NULL,
    -- The stems of the title (weight A) and of the text, and what choices ask for: platform, kind, topic, areas.
    document TSVECTOR NOT NULL,
    PRIMARY KEY (platform_id, moment),
    FOREIGN KEY (platform_id, post_id) REFERENCES post (platform_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX search_post_post ON search_post (platform_id, post_id);
CREATE UNIQUE INDEX search_post_moment ON search_post (moment);
CREATE INDEX search_post_document ON search_post USING GIN (document);

-- Every word that is filed, for words that are made with it and words that look like it.
CREATE TABLE search_word (
    platform_id UUID NOT NULL REFERENCES platform (id),
    word TEXT COLLATE "C" NOT NULL,
    stem TEXT COLLATE "C" NOT NULL,
    -- The stem from its end: "bakfiets" ends in "fiets".
    tail TEXT COLLATE "C" NOT NULL,
    -- Made by the program, so that no extension is needed.
    trigrams TEXT[] NOT NULL,
    PRIMARY KEY (platform_id, word)
);
CREATE INDEX search_word_tail ON search_word (platform_id, tail);
CREATE INDEX search_word_trigrams ON search_word USING GIN (trigrams);
