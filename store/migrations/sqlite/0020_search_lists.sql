-- Of PostgreSQL only: FTS5 has no list of what was filed lately.
SELECT 1;
