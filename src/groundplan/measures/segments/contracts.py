"""What choosing segments takes and yields."""

from dataclasses import dataclass

ATTRIBUTES = (
    "industry",
    "region",
    "country",
    "segment",
    "size",
    "revenue",
    "spend",
    "breadth",
    "recency",
)
"""What accounts can be grouped by; the last three are behaviour and always there."""

MOST_ATTRIBUTES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way of grouping accounts: by no attribute (one segment), or by up to three."""

    attributes: tuple[str, ...]

    @property
    def name(self) -> str:
        return " x ".join(self.attributes) or "one segment"


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """How well a candidate foretold purchases of accounts that it hadn't seen.

    `log_likelihood` in nats, summed over `exposed` account-product pairs of which `adopted` were
    bought; `strength` is the weight of the prior, in account-product pairs, that did best.
    """

    candidate: Candidate
    strength: float
    log_likelihood: float
    adopted: int
    exposed: int
    segments: int


@dataclass(frozen=True, slots=True)
class SegmentChoice:
    """The segmentation in use and what it gains over one segment.

    `gain` is the share of the single segment's held-out deviance that it explains (0 to 1; may be
    below 0 where a person chose attributes that foretell nothing). `automatic` is False where a
    person chose. `scores` holds every candidate tried, best first.
    """

    chosen: Candidate
    automatic: bool
    strength: float
    gain: float
    scores: tuple[CandidateScore, ...]
