-- What was filed lately stood in a list of its own, which every search read from end to end (2.7 MB after many posts).
-- A post is filed into the index itself now: that takes it a little longer.
ALTER INDEX search_entry_document SET (fastupdate = off);
ALTER INDEX search_comment_document SET (fastupdate = off);
ALTER INDEX search_word_trigrams SET (fastupdate = off);
SELECT gin_clean_pending_list('search_entry_document');
SELECT gin_clean_pending_list('search_comment_document');
SELECT gin_clean_pending_list('search_word_trigrams');
