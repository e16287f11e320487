"""Views of the settings, a file a subject."""
