"""The figures of agreement: plain values in, a matplotlib Figure out.

`values` says what a figure is told, `reading` takes that from a result, `ink` makes the colours of one mode of the theme,
`export` makes files of a figure. `forest`, `coders`, `family`, `confusion`, `over_time` and `makeup` draw; each takes a new
Figure, its values and an `Ink`, fills the figure from edge to edge, and returns where things stand, for who follows a click.
Sizes are in pixels of 1/96 inch. No pyplot, no state, and matplotlib is loaded by nobody who draws nothing.
"""
