"""Setu: news in English and Hindi, side by side. The map of the house:

__main__         python -m desktop_app
cli, commands/   the command line, and what each command does
contract         the shapes of its JSON
app              composition root of the window: builds everything, holds no rules
ui/              the window
library          Library, the one door: what cli and ui may ask for
searching        one query from text to answer; known_names are other names known beforehand, meaning compares vectors
entity_page      what the library knows of one entity
feeds, watching  the doors to subscriptions and watched folders
inspection       what is wrong with a library
recovery         bringing damaged articles back, from backups, what is readable, and the files they came from
sharing          articles and corrections to files, corrections from files
worker           long work in a spawned process, with progress, cancel, time and memory limits
working/         what that process does: import, gather, understand, pair, correct; its door is intake
quarantine/      the process that alone reads untrusted bytes, and what fences it in
shelf            one library folder opened: database, stores, index
extraction/      untrusted bytes become an article
language/        scripts, normalisation, tokens, sentences, transliteration, lexicon, the text encoder
entities/        recognition, patterns, linking across scripts, coreference, navigation
stories/         which articles tell one event; which passages correspond; what only one side says
search/          Whoosh: schema, analysis, query language, index, snippets
storage/         SQLite: the truth
fetching/        http and https within limits; nothing else opens connections
settings, resources, records, domain, errors

Imports point down: __main__ -> cli -> commands -> app -> ui -> library -> worker -> working -> quarantine, shelf
-> {extraction, entities, stories, search, storage, fetching} -> {language, settings, resources} -> records ->
{domain, errors}.
"""

__version__ = "0.1.0"
