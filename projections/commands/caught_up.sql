-- As for segments: sorted into the indexes while nobody waits.
SELECT gin_clean_pending_list('command_texts_by_text');
SELECT gin_clean_pending_list('deleted_segment_texts_by_text');
