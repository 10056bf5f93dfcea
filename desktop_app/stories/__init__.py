"""Which articles tell one event, and which passages correspond."""
