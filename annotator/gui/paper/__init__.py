"""A coded document on paper: what stands on each page, and how it is drawn."""
