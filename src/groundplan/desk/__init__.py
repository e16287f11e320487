"""Comments, notices and saved views: about anything that has a kind and an id.

`subjects` is the registry through which rooms above say what a thing is called and who sees it.
"""
