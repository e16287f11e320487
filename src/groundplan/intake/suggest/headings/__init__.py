"""What headings say, whatever a system's spelling, language and habits.

`naming` makes words of a heading and knows which words mean which part; `languages` translates
them, `shared_prefixes` drops what all headings of a file have in common, `scales` finds thousands.
"""
