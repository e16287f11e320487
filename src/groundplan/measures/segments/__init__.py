"""Which accounts are alike: groups chosen by how well they foretell first purchases."""

from .choose import choose_segments
from .contracts import ATTRIBUTES, Candidate, CandidateScore, SegmentChoice

__all__ = ["ATTRIBUTES", "Candidate", "CandidateScore", "SegmentChoice", "choose_segments"]
