"""What holds for everybody: fiscal year, stages, rates, segments, characteristics, people."""
