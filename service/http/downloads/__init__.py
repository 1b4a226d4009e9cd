"""Files to download: templates of uploads, rosters, rejected rows."""
