"""Who and what an article names: recognition, patterns, linking across scripts, navigation."""
