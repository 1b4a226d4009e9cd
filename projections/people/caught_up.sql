SELECT gin_clean_pending_list('users_by_search');
