"""Rows and values: SQLite through aiosqlite by default, PostgreSQL through asyncpg by URL; one code for both."""
