"""What systems write in a reference that refers to nobody: -1, 0, #, [Not Applicable]."""

import re

from groundplan.intake.mapping.cells import literal
from groundplan.intake.suggest.headings.languages import plain

_NUMBER = r"^(0+|-\d)$"
_WORDS = """
na none null nil unknown undefined unassigned notassigned unspecified notspecified notapplicable
missing blank empty nobody noone nocustomer guest anonymous walkin
unbekannt nichtzugeordnet keine keiner kein keineangabe ohne leer gast anonym nichtzutreffend
inconnu inconnue aucun aucune nonapplicable nonrenseigne sansobjet invite anonyme
desconocido desconocida ninguno ninguna noaplica sinasignar invitado anonimo
desconhecido nenhum naoseaplica convidado sconosciuto nessuno nonapplicabile ospite
onbekend geen nietvantoepassing niettoegewezen okand ukjent ukendt ingen ejtillampligt gjest gaest
nieznany brak niedotyczy gosc tuntematon eimitaan vieras neznamy zadny host ismeretlen nincs
bilinmiyor yok misafir неизвестно неизвестный нет гость неуказан
不明 未知 なし ゲスト 无 無 游客 없음 미상 손님
"""
_NOBODY = frozenset(map(plain, _WORDS.split()))


def names_nobody(value: str) -> bool:
    """Does a reference's value say that there is none?"""
    if not any(map(str.isalnum, value)):
        return True
    letters = "".join(letter for letter in plain(value) if letter.isalnum())
    return bool(re.match(_NUMBER, value)) or letters in _NOBODY


def nobody_sql(cell: str) -> str:
    """SQL of the same, true as well of a cell that is empty."""
    letters = rf"regexp_replace(strip_accents(lower({cell})), '[^\pL\d]', '', 'g')"
    words = ", ".join(map(literal, sorted({"", *_NOBODY})))
    return f"({cell} IS NULL OR regexp_matches({cell}, '{_NUMBER}') OR {letters} IN ({words}))"
