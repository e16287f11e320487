"""Columns of people's names or e-mail addresses: sellers are few, buyers are many."""

from collections.abc import Iterable

from groundplan.intake.suggest.headings.languages import plain, translated
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.fitting import Extra
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_GIVEN = """
aaron ada adam adele adrian agnes aisha alan albert alberto alejandro aleksandra alena alessandro
alex alexander alexandra alexis alfred ali alice alicia amanda amelia amir amy ana anders andre
andrea andreas andrei andrew andy angela anita ann anna anne annika anthony antoine anton antonio
arthur arun astrid barbara beatriz ben benjamin bernard bernd bianca bjorn bob boris brandon brian
bruno camille carl carla carlos carmen caroline catherine charles charlotte chen chloe chris
christian christina christine christoph christopher claire clara claudia colin cristina daan daniel
daniela darren dario david deborah dennis diana diego dieter dimitri dirk dmitri dominik donald
dorothy duncan edward eduardo ekaterina elena eleanor elisabeth elizabeth ella ellen emil emily emma
enrique eric erik erika ernst esther ethan eva evan fabian fatima felix fernando filip fiona florian
francesca francesco francisco francois frank franz fred frederic gabriel gabriela gareth gary
george georg gerald gerard gina giovanni giulia gloria grace graham greg gregory guillaume gunnar
hannah hans harald harry heather heidi helen helena henrik henry hugo ian igor ines ingrid irene
irina isaac isabel isabella ivan ivana ivy jack jacob jakob jakub james jamie jan jana jane janet
jason javier jean jeff jennifer jens jeremy jessica jesus jim joan joanna joao joe johan johannes
john jonas jonathan jorge jose joseph joshua juan julia julian julie julien jurgen justin kai karen
karin karl kate katharina katherine kathleen katja katrin keith kelly ken kenneth kevin kim
klaus kristina kumar lara lars laura lauren laurent lea leah lena leo leon leonardo lewis liam
lina linda lisa lorenzo louis louise luca lucas lucia lucie lucy luis luisa lukas luke magdalena
malin manuel marc marcel marco marcus marek margaret maria marie marina mario marion mark marko
markus marta martha martin martina mary massimo mateusz mathieu matteo matthew matthias maurice max
maxime megan mehmet melanie melissa michael michal michel michelle miguel mikael mike mikhail mila
milan miriam mohamed mohammed monica monika muhammad nadia nancy natalia natalie natasha nathan
neil nick nicola nicolas nicole niklas nils nina noah nora norbert nuno olaf ole oleg olga oliver
olivia olivier omar oscar oskar pablo paola paolo pascal patricia patrick paul paula paulo pavel
pedro peter petra petr philip philipp philippe pierre piotr priya quinn rachel rafael rahul rainer
raj ralf ralph ramon raphael raul rebecca renate rene ricardo richard rob robert roberto robin rolf
roland roman ronald rosa rose ruben ruth ryan sabine sally sam samantha samuel sandra sara sarah
scott sean sebastian sergei sergio sharon silvia simon simone sofia sophia sophie stefan stefanie
stella stephan stephanie stephen steve steven susan susanne suzanne sven svetlana sylvia tamara
tanja tatiana teresa theo theresa thierry thomas tim timothy tina tobias todd tom tomas tomasz tony
torsten ulrich ursula uwe valentina valeria vanessa vera veronica victor victoria viktor vincent
vladimir walter wei wendy werner will william wolfgang xavier yan yannick yuki yusuf yves yvonne
zoe
"""
_NAMES = frozenset(_GIVEN.split())
_MOSTLY = 0.4
_FEW = 0.34
_OTHERS = """
contact customer client buyer recipient attendee person ship shipping shipped deliver delivery bill
billing payer
"""
_BUYERS = frozenset(_OTHERS.split())


def share_of_people(values: Iterable[str]) -> float:
    """The share of values that are two to four words of which one is a given name."""
    told = [value for value in values if value]
    return sum(map(_is_person, told)) / len(told) if told else 0.0


def sellers(part: str, file: str, evidence: Evidence, sure: float) -> Extra:
    """The column of people of which there are the fewest, and few for the rows of the file."""
    profiles = [p for p in evidence.profiles[file].values() if _may_sell(p)]
    found = [p for p in profiles if _of_people(p, evidence)] or [p for p in profiles if _mails(p)]
    if not found:
        return {}
    fewest = min(found, key=lambda one: one.kinds)
    return {(part, fewest.column): (sure, "few people's names, each in many rows")}


def _is_person(value: str) -> bool:
    told = plain(value).replace(",", " ").split()
    if not 2 <= len(told) <= 4 or any(letter.isdigit() for letter in value):
        return False
    return told[0] in _NAMES or ("," in value and told[-1] in _NAMES)


def _may_sell(profile: Profile) -> bool:
    told = words(profile.heading)
    few = 1 < profile.kinds <= max(3, _FEW * profile.rows)
    return few and profile.filled > 0.5 and not _BUYERS & {*told, *translated(told)}


def _of_people(profile: Profile, evidence: Evidence) -> bool:
    if profile.share("blanks") < 0.8 or profile.share("letters") < 0.9:
        return False
    return share_of_people(evidence.values(profile.file, profile.column)) > _MOSTLY


def _mails(profile: Profile) -> bool:
    return profile.share("emails") > 0.95
