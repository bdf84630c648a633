"""The report of an agreement study: a folder that a paper can carry, with all that is needed to make its numbers again."""
