"""Whom a pronoun means: the one candidate that stands out by nearness, by being the subject, by gender and number.

The order of the preferences follows Hobbs (1978) and Lappin and Leass (1994): same sentence, then the one before; subjects
before objects; an object never means its own subject. At the start of a paragraph the person whom the text is about is preferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction import lexicon
from graph.extraction.entities import anaphora
from graph.extraction.entities.pages import PEOPLE
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.entities.cast import Cast
    from graph.extraction.entities.pages import Item, Page, Seen

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THEY = {"they", "them", "their", "theirs", "themselves"}
IT = {"it", "its", "itself"}
ME = {"i", "me", "my", "mine", "myself"}
US = {"we", "our", "ours"}
"""Those who publish; "us" is as often the reader."""
PRONOUNS = {*HE, *THEY, *IT, *ME, *US}
_THEIRS = {"lawyer", "attorney", "counsel", "relative", "family", "home", "house", "flat", "apartment", "whereabouts", "captivity", "detention", "arrest", "release", "torture",
           "abduction", "disappearance", "ordeal", "injury", "trial", "conviction", "sentence", "imprisonment", "deportation", "extradition", "captor", "jailer", "cell"}
"""What those have to whom something was done."""
WINDOW = 3
"""Sentences back that a pronoun may reach."""


def antecedent(page: Page, item: Item, speaker: int, seen: Sequence[Seen], before: int, sets: Sequence[tuple[int, tuple[int, ...]]], cast: Cast) -> tuple[int, ...]:
    """The members that a pronoun means among the first `before` of what was seen, or none; `speaker` is who speaks it, who is not "he" to himself."""
    low = page.tokens.lower[item.token]
    tokens = page.tokens
    start = page.offset + item.start
    sentence = page.first_sentence + tokens.sent[item.token]
    verb = page.first_token + anaphora.verb_of(tokens, item.token)
    doers = [page.first_token + k for k in anaphora.sharers(tokens, anaphora.verb_of(tokens, item.token))]
    patient = anaphora.is_patient(tokens, item.token)
    own = tokens.dep[item.token] == "poss" or low.endswith(("self", "selves"))
    subject = anaphora.is_subject(tokens, item.token)
    gender = HE.get(low, "")
    kin = own and tokens.lemma[tokens.head[item.token]] in lexicon.load().kin
    near = bool(gender) and any(one.sentence == sentence and one.end <= start and one.token not in doers and _fit(one, low, gender, cast, kin=kin) is not None
                                for one in seen[max(0, before - 12):before])
    opening = tokens.sent[item.token] == 0 and bool(gender or low in THEY) and not (gender and near)
    most = max(1, cast.most)
    first = next((k for k in range(tokens.n) if tokens.sent[k] == tokens.sent[item.token]), 0)
    opener = page.offset + tokens.at[first] if page.text[item.start - 2:item.start] == ", " else -1
    barred = {one.members for one in seen[max(0, before - 24):before] if one.token in doers} if not own and not subject else set()
    best: dict[tuple[int, ...], float] = {}
    for index in range(before - 1, -1, -1):
        one = seen[index]
        distance = sentence - one.sentence
        if distance > WINDOW + 2 * opening:
            break
        if one.end > start or one.members in barred or (speaker in one.members and item.quoted >= 0) or (one.kind == "nominal" and subject and (one.end + 2 >= start or one.start == opener)):
            continue
        if not own and not subject and one.subject and distance == 0 and (one.token in doers or (one.verb == verb and doers and one.token >= doers[-1])):
            continue
        if own and one.kind == "name" and one.start >= page.offset and page.text[one.end - page.offset:item.start] in {", ", " ("}:
            continue  # "X, his second wife" is not married to herself
        fit = _fit(one, low, gender, cast, kin=kin)
        if fit is None:
            continue
        score = fit - (min(distance, 1) + 0.3 * max(distance - 1, 0) if opening else distance) + (1.0 if one.subject else 0.0) + (0.2 if one.kind == "name" else 0.0)
        if distance == 0:
            score += 0.4 if one.subject == subject else 0.0
            score += 0.3 * (one.verb == verb)
        if low in THEY:
            score += _plural(one, own=own, patient=patient, close=kin or (own and tokens.lemma[tokens.head[item.token]] in _THEIRS), cast=cast)
        if gender and len(one.members) == 1 and distance:
            score += (-0.4 if near else 1.0 if opening else 0.6) * cast.members[one.members[0]].count / most
        if one.quoted != (item.quoted >= 0):
            score -= 0.4
        best[one.members] = max(best.get(one.members, -99.0), score) + (0.15 if one.members in best else 0.0)
    for end, members in reversed(sets) if low in THEY else ():
        if end <= start - 700:
            break
        if end <= start:
            score = 1.2 - (start - end) / 300
            best[members] = max(best.get(members, -99.0), score)
    if not best:
        return ()
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    winner, top = ranked[0]
    if top < (-0.5 if low in THEY else -1.4):
        return ()
    if len(ranked) > 1 and top - ranked[1][1] < 0.1 and low not in THEY:
        return ()
    if gender and len(winner) == 1 and not cast.members[winner[0]].gender and (len(ranked) == 1 or top - ranked[1][1] >= 0.8):
        cast.members[winner[0]].gender = gender
    return winner


def _plural(one: Seen, *, own: bool, patient: bool, close: bool, cast: Cast) -> float:
    """What speaks for "they" being those: whoever something is done to stays the one to whom it is done, and has the lawyer and the wives."""
    body = len(one.members) == 1 and cast.members[one.members[0]].type is EntityType.organization
    if patient or (own and close):
        return 0.9 if one.patient else -(1.5 if body else 0.6 if one.subject else 0.0)
    return 0.0


def _fit(seen: Seen, low: str, gender: str, cast: Cast, *, kin: bool) -> float | None:
    """How well a mention fits a pronoun by type, number and gender; None where it cannot be meant."""
    members = [cast.members[i] for i in seen.members]
    first = members[0]
    if gender:
        if len(members) > 1 or first.type not in PEOPLE or (first.gender not in {"", gender} and not (first.supposed and first.gender == "m")):
            return None
        if first.gender not in {"", gender}:
            return -0.5
        return (0.5 if first.gender == gender else 0.0) - (1.0 if first.kind == "nominal" and not first.gender else 0.0)
    if low in THEY:
        if len(members) > 1:
            return 0.8
        if first.type is EntityType.group:
            return 0.6
        if first.type is EntityType.organization and not kin:
            return 0.3 if first.number == 0 else -0.6
        return None
    if len(members) == 1 and first.type in {EntityType.organization, EntityType.work}:
        if kin or (first.number == 0 and first.kind == "nominal"):
            return None
        return 0.3 if first.type is EntityType.organization and first.number == 1 else -0.2
    if len(members) == 1 and first.type is EntityType.place:
        return -0.5
    return None
