"""The comparison of coders over one text."""
