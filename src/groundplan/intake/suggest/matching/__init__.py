"""One file against one table: which column is which part, and which file it must be joined with.

`fitting` gives each part its best column by heading and values; `candidates` puts that together
with the files that are joined (`joined_files`) and scores the whole. The other modules settle what
headings leave open: who bought, who sold, when deals closed, which of two amounts is the line's.
"""
