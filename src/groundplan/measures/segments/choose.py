"""Tries ways of grouping accounts and keeps the one that foretells held-out purchases best."""

import math
from collections.abc import Sequence
from datetime import date

import duckdb

from groundplan.engine.owned import Owned, day_number
from groundplan.engine.stages import run_stage, run_stages, view_stage

from .contracts import ATTRIBUTES, MOST_ATTRIBUTES, Candidate, CandidateScore, SegmentChoice
from .judging import STRENGTHS, Sample, judged
from .labels import coverage_sql, labels_sql

SMALLEST_SEGMENT = 30
MOST_SEGMENTS = 200
SAMPLE = 5_000
"""Accounts that candidates are judged on: half a million pairs tell them apart as all do."""

LEAST_KNOWN = 0.3
LEAST_GAIN = 0.001
LEAST_NATS = 3.0

ONE_SEGMENT = Candidate(())

_GROUPING = ("candidate_labels", "candidate_segments")


def choose_segments(
    connection: duckdb.DuckDBPyConnection,
    owned: Owned,
    *,
    as_of: date,
    year_ago: date,
    segment_by: Sequence[str] = (),
) -> SegmentChoice:
    """Group the accounts; leaves the tables `segments` and `account_segments` behind.

    Reads `accounts` and `account_totals`. `segment_by` names up to three of ATTRIBUTES and
    is honoured as it is; empty means that the best candidate is taken. Also leaves
    `account_history` (one row an account), which later measures read.
    """
    rounds = _Rounds(connection, owned, as_of, year_ago)
    fixed = Candidate(tuple(name for name in segment_by if name in ATTRIBUTES)[:MOST_ATTRIBUTES])
    if fixed.attributes:
        scores = rounds.score([ONE_SEGMENT, fixed])
        choice = _chosen(scores, fixed, automatic=False)
    else:
        scores = rounds.score([ONE_SEGMENT, *(Candidate((name,)) for name in rounds.usable())])
        scores += rounds.score(_pairs(scores))
        choice = _chosen(scores, best(scores), automatic=True)
    rounds.apply(choice.chosen)
    return choice


class _Rounds:
    """Scores candidates on the sample, then applies the chosen one to every account."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, owned: Owned, as_of: date, year_ago: date
    ) -> None:
        self.connection = connection
        rows = connection.execute("SELECT COUNT(*) FROM accounts").fetchone()
        accounts = int(rows[0]) if rows else 0
        self.parameters: dict[str, object] = {
            "buckets": min(1000, math.ceil(1000 * SAMPLE / max(accounts, 1))),
            "smallest": SMALLEST_SEGMENT,
            "most": MOST_SEGMENTS,
        }
        self._run(("account_history", "attribute_quantiles"))
        view_stage(connection, __package__, "segment_attributes")
        self._run(("grouped_attributes",))
        days = {"as_of": day_number(as_of), "year_ago": day_number(year_ago)}
        self.sample = Sample(connection, owned, **days)

    def usable(self) -> list[str]:
        """Attributes that most accounts have and that tell them apart."""
        rows = self.connection.execute(coverage_sql(ATTRIBUTES, "grouped_attributes")).fetchall()
        found = {name for name, known, values in rows if (known or 0) >= LEAST_KNOWN and values > 1}
        return [name for name in ATTRIBUTES if name in found]

    def score(self, candidates: Sequence[Candidate]) -> list[CandidateScore]:
        """Scores of `candidates`, each with its best prior strength."""
        if not candidates:
            return []
        self._group(candidates, "grouped_attributes")
        return list(judged(self.connection, self.sample, candidates))

    def apply(self, candidate: Candidate) -> None:
        """Group every account. Attributes of all of them are never kept: most aren't asked for."""
        self._group([candidate], "segment_attributes")
        self._run(("segments", "account_segments"))

    def _group(self, candidates: Sequence[Candidate], source: str) -> None:
        run_stage(self.connection, "candidate_accounts", labels_sql(candidates, source))
        self._run(_GROUPING)

    def _run(self, names: Sequence[str]) -> None:
        run_stages(self.connection, __package__, names, self.parameters)


def _pairs(scores: Sequence[CandidateScore]) -> list[Candidate]:
    """The best single attribute with each of the others."""
    singles = [score for score in scores if len(score.candidate.attributes) == 1]
    if len(singles) < 2:
        return []
    first = max(singles, key=lambda score: score.log_likelihood).candidate.attributes[0]
    others = [score.candidate.attributes[0] for score in singles]
    return [Candidate((first, other)) for other in others if other != first]


def best(scores: Sequence[CandidateScore]) -> Candidate:
    """The candidate worth having: a further attribute must gain clearly, not by chance.

    Clearly is a thousandth of the simpler one's held-out deviance and at least three nats.
    """
    chosen = next((score for score in scores if not score.candidate.attributes), None)
    if chosen is None:
        return ONE_SEGMENT
    for depth in range(1, MOST_ATTRIBUTES + 1):
        rivals = [score for score in scores if len(score.candidate.attributes) == depth]
        if not rivals:
            break
        rival = max(rivals, key=lambda score: score.log_likelihood)
        least = max(LEAST_NATS, LEAST_GAIN * -chosen.log_likelihood)
        if rival.log_likelihood - chosen.log_likelihood > least:
            chosen = rival
    return chosen.candidate


def _chosen(
    scores: Sequence[CandidateScore], chosen: Candidate, *, automatic: bool
) -> SegmentChoice:
    by_candidate = {score.candidate: score for score in scores}
    single = by_candidate.get(ONE_SEGMENT)
    score = by_candidate.get(chosen)
    gain = 0.0
    if single and score and single.log_likelihood < 0:
        gain = 1 - score.log_likelihood / single.log_likelihood
    ordered = sorted(scores, key=lambda one: -one.log_likelihood)
    strength = score.strength if score else STRENGTHS[1]
    return SegmentChoice(chosen, automatic, strength, gain, tuple(ordered))
