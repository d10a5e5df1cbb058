-- What was filed lately stands in a list of its own, which every search reads from end to end (2.7 MB after many posts).
-- It is short from now on: 256 kB, after which what is in it is filed into the index itself.
ALTER INDEX search_entry_document SET (gin_pending_list_limit = 256);
ALTER INDEX search_comment_document SET (gin_pending_list_limit = 256);
ALTER INDEX search_word_trigrams SET (gin_pending_list_limit = 256);
SELECT gin_clean_pending_list('search_entry_document');
SELECT gin_clean_pending_list('search_comment_document');
SELECT gin_clean_pending_list('search_word_trigrams');

-- How rare a word is decides whether it is looked up or the newest are read until there are enough: ten times as many
-- words are counted.
ALTER TABLE search_entry ALTER COLUMN document SET STATISTICS 1000;
ALTER TABLE search_comment ALTER COLUMN document SET STATISTICS 1000;
