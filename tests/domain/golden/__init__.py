"""The golden file: every shape in which an event was ever stored, with examples, for ever.

`events.jsonl` has one line an example. Lines are only ever added, by

    python -m tests.domain.golden --add

after an event or a field was added (examples.py has the events to store). Each line holds the
digest of the one before it, so that a line that was changed or taken out shows.
"""
