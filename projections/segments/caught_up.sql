-- New texts wait in a list that every search reads through: sorted into the index while nobody waits.
SELECT gin_clean_pending_list('segments_by_search');
