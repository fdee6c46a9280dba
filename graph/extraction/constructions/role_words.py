"""Nouns beside a name: titles, and nouns that describe somebody without being a position."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("""
    president vice-president judge justice colonel captain general major sergeant lieutenant inspector superintendent constable
    corporal private commander commissioner brigadier marshal admiral ensign cadet officer detective warrant
    senator congressman congresswoman representative deputy minister premier chancellor secretary governor mayor prefect councillor
    councilor alderman ambassador consul attaché bishop archbishop cardinal pope pastor reverend imam sheikh mullah ayatollah rabbi
    patriarch metropolitan abbot professor prosecutor chief chairman chairwoman chairperson king queen prince princess emir sultan
    rapporteur magistrate sheriff marshal deacon catechist barrister ombudsman ombudswoman director mp lawmaker rector dean
""")
RANKS = _words("""colonel captain general major sergeant lieutenant corporal brigadier marshal admiral ensign cadet private commodore
    mp pc barrister constable-major bombardier""")
RULERS = _words("""president ruler governor mayor king queen emir sultan premier dictator chancellor sheikh monarch prefect leader""")
SPOKESPEOPLE = _words("spokesman spokeswoman spokesperson")
HONORIFICS = _words("mr mrs ms miss sir dame lord lady dr datuk sheikha madam hon")
# People seen by what happens to them or by whom they know, not by what they do.
NO_ROLE = _words("""
    man woman boy girl person people child baby teenager youth adult victim suspect detainee defendant prisoner convict inmate accused
    witness survivor hostage resident native citizen national villager neighbour neighbor passenger caller owner
    one other another two three four five six both all none name namesake pseudonym body case place day year thing brothers
    example half rest majority number figure target subject complainant plaintiff applicant petitioner claimant appellant respondent
    refugee asylum-seeker migrant deserter fugitive escapee returnee self part man's pair couple duo trio group party author
    recipient winner laureate settler expert deportee evacuee protester protestor demonstrator rioter bystander pedestrian
    housewife homemaker widow widower orphan diabetic patient
    killer murderer assassin attacker assailant kidnapper abductor torturer rapist perpetrator culprit offender traitor accomplice abuser molester
""")
COMPANIONS = _words("""
    friend colleague acquaintance companion roommate flatmate cellmate classmate housemate neighbour neighbor partner associate accomplice
    client comrade schoolmate teammate co-defendant mate superior subordinate successor predecessor rival opponent critic enemy
    employer employee boss guest host landlord tenant
""")
QUALIFIERS_OF_ROLE = _words("former ex late then current new old young elder younger first second third longtime long-time veteran prominent well-known known "
                            "famous acting outgoing incoming fellow local leading two three four one own alleged suspected self-styled so-called")
