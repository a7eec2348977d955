-- Who published a version, and when; NULL for the one a home began with.
ALTER TABLE program ADD COLUMN published_at INTEGER;
ALTER TABLE program ADD COLUMN published_by BLOB;
