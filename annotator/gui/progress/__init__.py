"""The window of progress: coders at the left, the documents they were handed at the right."""
