"""Names of companies, recognised by how they end."""

import re
from collections.abc import Sequence

from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_FIRMS = re.compile(
    r"\b(inc|llc|ltd|limited|gmbh|corp|co|ag|kg|plc|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|oyj|aps|pty"
    r"|lda|sl|slu|ltda|kk|ohg|ug|se|sp z o o|sro|kft|zrt|company|group|holding)\b\.?$|株式会社|ооо"
    r"|주식회사|有限公司|\b[aş]\.ş\.?$|şti\.?$",
    re.IGNORECASE,
)


def firms_share(profile: Profile, evidence: Evidence) -> float:
    """The share of a column's values that end as companies' names do."""
    return share_of_firms(evidence.values(profile.file, profile.column))


def share_of_firms(values: Sequence[str]) -> float:
    """The share of texts that end as companies' names do."""
    ends = sum(bool(_FIRMS.search(value.strip(" ."))) for value in values)
    return ends / len(values) if values else 0.0
