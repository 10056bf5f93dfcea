"""SQLite, the truth: schema, migrations, articles, entities, corrections."""
