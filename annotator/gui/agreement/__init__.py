"""The agreement window: do the coders agree, on what, and who not."""
