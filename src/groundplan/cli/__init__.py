"""The command line: the same services and selectors as the pages.

`main` is the frame, `commands` has a file a command, `output` prints. `serving` and `installation`
are what it takes to run one; `backup` keeps it in a file.
"""
