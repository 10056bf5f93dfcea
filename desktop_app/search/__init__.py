"""Whoosh: schema, analysis, query language, index, snippets."""
