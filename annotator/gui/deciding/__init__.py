"""The window of what waits for a person's word: contested versions, orphans, and steps that nobody may make."""
