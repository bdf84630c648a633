"""The window of a table of ratings: agreement without a project."""
