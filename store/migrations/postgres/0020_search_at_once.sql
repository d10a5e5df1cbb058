-- What was filed lately stood in a list of its own, which every search read from end to end (2.7 MB after many posts).
-- A post is filed into the index itself now: that takes it a little longer.
ALTER INDEX search_entry_document SET (fastupdate = off);
ALTER INDEX search_comment_document SET (fastupdate = off);
ALTER INDEX search_word_trigrams SET (fastupdate = off);
SELECT gin_clean_pending_list('search_entry_document');
SELECT gin_clean_pending_list('search_comment_document');
SELECT gin_clean_pending_list('search_word_trigrams');

-- How rare a word is decides whether it is looked up or the newest are read until there are enough: ten times as many
-- words are counted.
ALTER TABLE search_entry ALTER COLUMN document SET STATISTICS 1000;
ALTER TABLE search_comment ALTER COLUMN document SET STATISTICS 1000;
