"""The window: article list, bilingual view, entity panel, search panel, themes."""
