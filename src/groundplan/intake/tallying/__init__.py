"""Are the amounts that an import takes those that its files themselves sum up to?"""
