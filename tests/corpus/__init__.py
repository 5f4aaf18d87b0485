"""Golden events: a sample of every event type and version that was ever written.

`<service>/<type>.v<schema_version>.json` holds `type`, `schema_version`, `occurred_at` and two
`samples`: one with every field, one with no more than it must have. Each has the `payload` as
the log holds it, and `read_as`: the event it decodes to, by the schema version that reads it.
What is written stays; a raised schema version adds a file, and an entry to each `read_as`.
"""
