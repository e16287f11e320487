"""Words by which a pipeline's stage, or what became of an offer, means won or lost."""

import re

from groundplan.intake.contracts import StageRule

_WON = re.compile(
    r"\bwon\b|closed ?won|\bwin\b|\bsold\b|gewonnen|\bvunn[ae]\w*|\bvundet|gagn[eé]|ganad[oa]"
    r"|\bganh[oa]|vint[oa]|wygran|\bvoitet|выигран|успешн|受注|成約|赢单|成交|signed|invoiced|fulfilled"
    r"|accepted|accept[ée]|akzeptiert|angenommen|geaccepteerd|accettat|aceptad|aceit[oa]|akseptert|accepterad"
    r"|beauftragt|ordered|converted|kazanıld|success|подписан|unterschrieben|unterzeichnet|firmad[oa]"
    r"|sign[eé]e?\b|getekend|assinad|podpisan", re.IGNORECASE,
)  # fmt: skip
_LOST = re.compile(
    r"\blost\b|closed ?lost|\bloss\b|verloren|förlora|\btap[pt]|\btabt|perdu|perdid[oa]|pers[oa]\b"
    r"|przegran|häv(it|i)t|проигран|не реализ|провал|失注|丢单|输单"
    r"|abandon|\bdead\b|disqualif|unqualif|cancel|annul"
    r"|no decision|reject|refus|abgelehnt|abgesagt|geweigerd|afgewezen|afslag|avslag|rifiutat"
    r"|rechazad|recusad|odrzuc|отклон|отказ"
    r"|out.?sold|declined|omitted|fail|storniert|unsuccess", re.IGNORECASE,
)  # fmt: skip
_RENEWED = (
    r"(renewed|verlängert|erneuert|re(nouvelé|conduit)e?\b|renovad[oa]|rinnovat[oa]|verlengd|vernieuwd"
    r"|förnya[dt]|forny(et|a)|odnowion[eya]|przedłużon[eya]|uusittu|jatkettu|obnoven[oýaé]"
    r"|продл[её]н|yenilendi)"
)
_CONTRACT = r"(contract|contrat|contrato|contratto|subscription|vertrag|abo|abonnement|договор)"
_KEPT = re.compile(rf"^\W*({_CONTRACT} )?{_RENEWED}|更新済|更新完了|已续约|续约成功", re.IGNORECASE)
_LEFT = re.compile(
    rf"\b(not|nicht|non|no|não|niet|ej|inte|ikke|nie|не) {_RENEWED}|\bei (uusittu|jatkettu)"
    r"|\bchurned\b|\blapsed\b|gekündigt|résilié|\bdisdett[oa]|opgezegd|uppsagd|opsagt|oppsagt"
    r"|wypowiedzian|irtisanottu|расторгнут|yenilenmedi|解約|未更新|已流失|未续约",
    re.IGNORECASE,
)
"""Pipelines of renewals call won and lost so; what is yet to be renewed is neither."""


def outcome_of(stage: str) -> StageRule:
    """Won or lost where the stage's words say so, else open with its file's probability."""
    if _LOST.search(stage) or _LEFT.search(stage):
        return StageRule("lost")
    return StageRule("won" if _WON.search(stage) or _KEPT.search(stage) else "open")
