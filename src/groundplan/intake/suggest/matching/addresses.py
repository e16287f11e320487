"""Columns of an address: the number between street and place is a house's and no key."""

from collections.abc import Sequence

from groundplan.intake.suggest.headings.naming import meanings
from groundplan.intake.suggest.values.profiles import Profile

_STREETS = """
address addr street strasse str adresse anschrift endereco logradouro rua direccion domicilio calle
via rue indirizzo adres straat ulica gata gade vej katu line1 line2
"""
_WITHIN = """
complement complemento apartment apartamento apt apto suite floor piso etage zusatz toevoeging
addition
"""
_PLACES = """
district quarter bairro barrio colonia ortsteil quartier city town ort stadt ville cidade ciudad
citta plaats miasto comune municipio zip postcode postal plz cep cap cp postnummer postnr state
province provincia uf bundesland
"""
_STREET, _PLACE = frozenset(_STREETS.split()), frozenset(_PLACES.split())
_COMPLEMENT = frozenset(_WITHIN.split())
_NUMBER = frozenset(("number", "no", "nr", "num"))


def house_numbers(profiles: Sequence[Profile]) -> frozenset[str]:
    """The columns that tell a house's number by where they stand, whoever's number their heading
    calls them: behind the street and before the place, or before what else tells a door."""
    said = {profile.position: meanings(profile.heading) for profile in profiles}
    nothing: frozenset[str] = frozenset()
    return frozenset(
        profile.column
        for profile in profiles
        if said[profile.position] & _NUMBER
        if _stands_between(
            said.get(profile.position - 1, nothing), said.get(profile.position + 1, nothing)
        )
    )


def _stands_between(before: frozenset[str], after: frozenset[str]) -> bool:
    if _COMPLEMENT & after:
        return bool((_STREET | _PLACE) & before)
    return bool(_STREET & before and _PLACE & after)
