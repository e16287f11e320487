"""What headings say, whatever a system's spelling, language and habits."""
