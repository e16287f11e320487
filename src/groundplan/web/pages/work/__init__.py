"""What goes on behind the pages: work under way, edits that wait for it."""
