"""From text to a checked School: the strict YAML reader, the language, `extends`, `like` and `change`."""
