"""Names in a paragraph, found by their capitals and what joins them; spaCy's entities are one witness among several.

The small English model knows few names of most of the world and often takes a surname for a company, but it does not
overlook capitals. So a name here is a run of capitalised words, cut where titles, days and words of nationality stand, joined
over particles ("de la", "bin") and, in the names of bodies and laws, over "of", "for" and "and". Its type is a sum of evidence
(`name_types.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.extraction import gazetteer, lexicon

if TYPE_CHECKING:
    from collections.abc import Container

    from graph.extraction.syntax.words import Tokens
    from graph.model import EntityType

_WORD = re.compile(r"(?<!\w['’])[^\W_](?:\w|[-.](?=\w)|['’](?=\w)(?!s\b))*")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|\d{1,4}")
_LOWER_TAIL = re.compile(
    r"-(?:based|born|run|backed|led|owned|style|era|controlled|wide|speaking|funded|linked|aligned|affiliated|occupied|held|bound|area|language|registered|"
    r"trained|educated|appointed|friendly|sponsored|supported|majority|long|year|old|flagged|made|ruled|administered|installed|critical|dominated|listed|headquartered)\b.*")
_JOINTS = {"of", "for", "on", "and", "the", "against", "&", "to", "in"}
_ABBREVIATED = re.compile(r"^(?:[^\W\d_]|Dr|Mr|Mrs|Ms|St|Sr|Jr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Rev|Fr|Hon|Gov|Sen|Rep|Insp|Supt|Brig|Cpl|Pte|Cmdr|Adv|Atty|Eng|Sra|No|Nos|Mt|Ft)$")


@dataclass(slots=True)
class Name:
    """A name as it stands in a paragraph, before the document is asked what it is. Offsets are of the paragraph."""

    start: int
    end: int
    words: tuple[str, ...]
    key: str
    """The name with one space between words."""
    roles: tuple[str, ...] = ()
    """Common nouns that come before it as a title ("interior minister"), in lower case."""
    title: str = ""
    """`f`, `m` or `?` where a title of address comes before it."""
    nick: tuple[str, ...] = ()
    lead: int = -1
    """Where its title starts, if it has one."""
    initial: bool = False
    """It starts a sentence, so that its capital tells nothing."""
    doubtful: bool = False
    """It may be no name at all: a word at the start of a sentence, or one that is a common noun too."""
    weights: dict[EntityType, float] = field(default_factory=dict)
    """Evidence from the words beside it."""
    guess: EntityType | None = None
    """What spaCy takes it for."""
    acronym: str = ""
    """An acronym introduced right after it."""


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    text: str
    nick: bool = False


def find(text: str, tokens: Tokens, *, known: Container[str] = (), strict: bool = False) -> list[Name]:
    """The names of a paragraph, in order. `known` are names that count even in the capitals of a headline (`strict`)."""
    lex, gaz = lexicon.load(), gazetteer.load()
    pieces = [_Piece(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    names: list[Name] = []
    i = 0
    while i < len(pieces):
        if not (pieces[i].text[0].isupper() or _starts(pieces, i, lex)):
            i += 1
            continue
        run, after = _run(text, pieces, i, lex, gaz)
        for part in _parts(run, lex):
            name = _trimmed(text, part, tokens, lex, gaz)
            if name and (not strict or name.key in known):
                names.append(name)
            elif strict and name:
                names += _inside(part, known)
        i = after
    return names


def _starts(pieces: list[_Piece], i: int, lex: lexicon.Lexicon) -> bool:
    """A small prefix before a capital ("al-Tarhouni", "d'Ivoire"), or a number before a capital ("77th Security Battalion")."""
    text = pieces[i].text
    if text[0].islower():
        head, mark, tail = text.partition("-") if "-" in text else text.replace("’", "'").partition("'")
        return bool(mark) and head in lex.prefixes and tail[:1].isupper()
    return bool(text[0].isdigit() and text[-2:] in {"st", "nd", "rd", "th"} and i + 1 < len(pieces) and pieces[i + 1].text[0].isupper())


def _capital(pieces: list[_Piece], i: int, lex: lexicon.Lexicon) -> bool:
    return i < len(pieces) and (pieces[i].text[0].isupper() or (pieces[i].text[0].islower() and _starts(pieces, i, lex)))


def _run(text: str, pieces: list[_Piece], i: int, lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> tuple[list[_Piece], int]:
    """The run of words that starts here, and the index of the next piece after it."""
    run = [pieces[i]]
    while i + 1 < len(pieces):
        gap = text[pieces[i].end:pieces[i + 1].start]
        following = pieces[i + 1]
        last = run[-1].text
        if "-" in last and _LOWER_TAIL.search(last):
            break
        if gap == ". " and len(last) == 1 and len(run) > 1 and _ordinary(following.text, lex):
            break
        if gap == " " or (gap == ". " and _ABBREVIATED.match(last)) or (gap == "." and len(last) == 1):
            if _capital(pieces, i + 1, lex):
                i += 1
                run.append(following)
                continue
            if _ORDINAL.fullmatch(following.text) and (_capital(pieces, i + 2, lex) or last in lex.organization or last in {"No", "Group", "Article"}) \
                    and last not in lex.never and (last in lex.organization or last == "No" or following.text[-1] in "tdh"):
                i += 1
                run.append(following)
                continue
            if following.text.isdigit() and len(following.text) <= 3 and last not in lex.never and last.lower() not in lex.function \
                    and not re.match(r" \w|[:.,]\d|%", text[following.end:following.end + 2]):
                i += 1
                run.append(following)
                continue
            step = _joint(text, pieces, i, run, lex, gaz)
            if step:
                run += pieces[i + 1:i + 1 + step]
                i += step
                continue
        elif gap in {' "', " “", " ‘", " '"} and _nickname(text, pieces, i, lex):
            run += pieces[i + 1:i + 3]
            run[-2].nick = True
            i += 2
            continue
        elif gap in {"'s ", "’s ", "' ", "’ "} and _capital(pieces, i + 1, lex) and _possessor_of_a_body(run, gap, lex, gaz):
            i += 1
            run.append(following)
            continue
        break
    return run, i + 1


def _ordinary(word: str, lex: lexicon.Lexicon) -> bool:
    low = word.lower()
    return low in lex.function or low in lex.nouns or _singular(low) in lex.nouns


def _nickname(text: str, pieces: list[_Piece], i: int, lex: lexicon.Lexicon) -> bool:
    """Whether the next piece is a name in quotation marks within a name: `Rosa "Nena" Vidal`."""
    return (_capital(pieces, i + 1, lex) and _capital(pieces, i + 2, lex) and pieces[i].text.lower() not in lex.function
            and text[pieces[i + 1].end:pieces[i + 2].start] in {'" ', "” ", "’ ", "' "})


def _possessor_of_a_body(run: list[_Piece], gap: str, lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> bool:
    last = run[-1].text
    name = " ".join(piece.text for piece in run)
    if name in gaz.countries or last in gaz.cities:
        return False
    return last.lower() in lex.collective or (gap.endswith(("' ", "’ ")) and "s " not in gap and last.lower().endswith("s"))


def _joint(text: str, pieces: list[_Piece], i: int, run: list[_Piece], lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> int:
    """How many further pieces join the run here over small words: particles of a personal name, or "of the" of a body."""
    small = 0
    while small < 3 and i + 1 + small < len(pieces) and text[pieces[i + small].end:pieces[i + 1 + small].start] == " " and \
            (pieces[i + 1 + small].text in lex.particles or pieces[i + 1 + small].text in _JOINTS):
        small += 1
    if not small or not _capital(pieces, i + 1 + small, lex) or text[pieces[i + small].end:pieces[i + 1 + small].start] != " ":
        return 0
    between = [piece.text for piece in pieces[i + 1:i + 1 + small]]
    following = pieces[i + 1 + small].text
    left = [piece.text for piece in run]
    if following in lex.never and following.lower() not in lex.field:
        return 0
    if all(word in lex.particles for word in between) and between != ["i"]:
        return small + 1
    body = any(word in lex.organization or word in lex.work or word in {"Head", "Bishop", "Duke", "Law", "Minister", "Ministers", "Rapporteur", "Commissioner", "Registrar", "Bank", "Gulf", "Bay"} for word in left)
    if between == ["of"] and _office_in(left[-1]) in lex.people and _portfolio(following, lex) and all(_capital(pieces, i + k, lex) for k in (3, 4)):
        return small + 1
    if between[0] == "of":
        return small + 1 if body or left[-1] in lex.place or left[-1] in {"Court", "House"} else 0
    if between[0] in {"and", "&"} and len(between) == 1:
        both = left[-1].lower() in lex.field and following.lower() in lex.field
        return small + 1 if between[0] == "&" or both else 0
    if between[0] in {"for", "on", "against", "to"}:
        return small + 1 if body and left[-1] not in gaz.countries else 0
    if between[0] == "the":
        return 0
    return 0


def _parts(run: list[_Piece], lex: lexicon.Lexicon) -> list[list[_Piece]]:
    """The run cut where days, months and other words that are in no name stand."""
    parts: list[list[_Piece]] = [[]]
    for index, piece in enumerate(run):
        inside = any(word.text in lex.organization for word in run[index + 1:]) and (index > 0 or piece.text in {"Christian", "Islamic", "Jewish", "Muslim", "Catholic", "Orthodox", "LGBT", "Labour"})
        if piece.text in lex.never and not inside and not (index and run[index - 1].text in {"of", "and"} and piece.text.lower() in lex.field):
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if part]


def _inside(part: list[_Piece], known: Container[str]) -> list[Name]:
    """The longest known names within a run of capitals."""
    found, i = [], 0
    while i < len(part):
        for j in range(len(part), i, -1):
            words = tuple(piece.text for piece in part[i:j])
            if " ".join(words) in known:
                found.append(Name(part[i].start, part[j - 1].end, words, " ".join(words)))
                i = j
                break
        else:
            i += 1
    return found


def _trimmed(text: str, part: list[_Piece], tokens: Tokens, lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> Name | None:
    """The name in a run without what only stands before or after it; None where nothing of a name is left."""
    part = list(part)
    initial = _sentence_start(text, part[0].start)
    while part and (part[-1].text in _JOINTS or part[-1].text in lex.particles):
        part.pop()
    while part and (re.split("['’]", part[0].text.lower())[0] in lex.function or part[0].text in _JOINTS or (part[0].text in lex.particles and part[0].text.islower())):
        part.pop(0)
        initial = False if part else initial
    if not part:
        return None
    tail = _LOWER_TAIL.search(part[-1].text) if "-" in part[-1].text else None
    if tail:
        part[-1] = _Piece(part[-1].start, part[-1].start + tail.start(), part[-1].text[:tail.start()])
    lead, roles, title = -1, [], ""
    nick = tuple(piece.text for piece in part if piece.nick)
    part = [piece for piece in part if not piece.nick]
    is_body = part[-1].text in lex.organization or any(p.text in lex.organization and q.text in _JOINTS for p, q in pairwise(part))
    cut = 0
    if not is_body and len(part) > 1:
        cut, title = _title(part, lex)
    if cut:
        lead = part[0].start
        roles = [piece.text.lower() for piece in part[:cut]]
        part = part[cut:]
        if part[0].text in _JOINTS:
            return None
    elif part[0].text in gaz.demonyms and len(part) > 1 and not is_body:
        part = part[1:]
    if not part:
        return None
    words = tuple(piece.text for piece in part)
    doubtful = False
    if len(words) == 1:
        common = _common(words[0], part[0].start, tokens, lex, gaz, initial=initial and lead < 0)
        if common is None:
            return None
        doubtful = common
    if words[-1] in {"Day", "Week", "Month", "Year"} or _only_office(words, lex, gaz):
        return None
    end = part[-1].end
    if text[end:end + 1] == "." and (len(words[-1]) == 1 or words[-1][-2:-1] == ".") and len(words) > 1:
        end += 1
    key = " ".join(words) if nick else " ".join(text[part[0].start:end].split())
    return Name(part[0].start, end, words, key, tuple(roles), title, nick, lead, initial and lead < 0, doubtful)


def _only_office(words: tuple[str, ...], lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> bool:
    """Whether this is an office in capitals ("Provincial Commander", "Head of the Judiciary"), which `nominals.py` reads."""
    head = next((i for i, word in enumerate(words) if word in _JOINTS), len(words))
    if head == 0 or _singular(words[head - 1].lower()) not in lex.people:
        return False
    return all(w.lower() in lex.office or w.lower() in lex.field or w in gaz.demonyms or w in lex.organization or _singular(w.lower()) in lex.people
               for w in words[:head - 1])


def _title(part: list[_Piece], lex: lexicon.Lexicon) -> tuple[int, str]:
    """How many words at the start are titles, and the gender they tell."""
    cut, title = 0, ""
    for i, piece in enumerate(part[:-1]):
        word, low = piece.text, piece.text.lower()
        if word in {"St", "Saint", "San"} and i + 2 == len(part):
            break
        if word in lex.titles and i == cut:
            title = lex.titles[word] if lex.titles[word] != "?" else title or "?"
            cut = i + 1
        elif _singular(_office_in(low)) in lex.people and (i <= cut + 3):
            cut = i + 1
        elif word == "of" and i == cut and cut and i + 2 < len(part) and _portfolio(part[i + 1].text, lex):
            cut = i + 2  # "Secretary of State X"
        elif piece.text in _JOINTS:
            break
    return cut, title


def _office_in(word: str) -> str:
    """The office in "Then-Secretary", "ex-Minister"."""
    return re.sub(r"^(?:then|ex|former|vice|co)-(?=\w)", "", word.lower())


def _portfolio(word: str, lex: lexicon.Lexicon) -> bool:
    """What an office is over: "of State", "of Justice", "of Police"."""
    return word[0].isupper() and (word.lower() in lex.field or word in {"State", "Police", "Staff", "Government", "Security"})


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _sentence_start(text: str, start: int) -> bool:
    before = text[max(0, start - 4):start].rstrip(" \"“‘'(*#-–—")
    return not before or before[-1] in ".!?:;…\n"


def _common(word: str, start: int, tokens: Tokens, lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer, *, initial: bool) -> bool | None:
    """Whether a single capitalised word may be none: None if it is surely no name, True if only the rest of the document can tell."""
    low = word.lower()
    if word in gaz.countries:
        return False
    if word in gaz.demonyms or len(word) == 1 or low in lex.function or low in lex.office:
        return None
    if _singular(low) in lex.nouns or low in lex.nouns or word in lex.titles or low in lex.authority:
        return None if initial else True
    if not initial or word.isupper() or word in gaz.cities:
        return False
    index = tokens.index_at.get(start)
    return index is not None and tokens.pos[index] != "PROPN"
