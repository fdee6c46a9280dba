"""Text in another language is said to be so, and gives nothing; English stays English."""

from __future__ import annotations

import pytest

from graph.extraction import reading
from graph.extraction.syntax import language_model, languages
from graph.model import Document, Source
from graph.sources.segments import mark

GERMAN = "Die Polizei hat am Montag zwei Lehrer in der Stadt festgenommen und sie an einen unbekannten Ort gebracht, sagte ihr Anwalt Otto Klamm."
ENGLISH = "Police arrested two teachers in Port Amber on Monday and took them to a place that nobody would name, said their lawyer, Mira Solano."


@pytest.mark.parametrize("text", [
    GERMAN,
    "La policía detuvo el lunes a dos maestros en la ciudad y los llevó a un lugar desconocido, dijo su abogado por la tarde.",
    "La police a arrêté deux enseignants lundi en ville et les a emmenés dans un lieu inconnu, a dit leur avocat à la presse.",
    "De politie heeft maandag twee leraren in de stad aangehouden en naar een onbekende plaats gebracht, zei hun advocaat.",
    "Polisi menangkap dua orang guru di kota itu pada hari Senin dan membawa mereka ke tempat yang tidak diketahui.",
    "Полиция задержала в понедельник двух учителей и увезла их в неизвестном направлении, сообщил их адвокат.",
    "اعتقلت الشرطة معلمين اثنين يوم الاثنين",
])
def test_other_languages_are_not_english(text: str):
    assert not languages.is_english(text)


@pytest.mark.parametrize("text", [ENGLISH, "", "Mira Solano", "Police in Port Amber", "Mira Solano, Tomas Reyle, Ada Lim, Otto Klamm"])
def test_english_and_scraps_are_read(text: str):
    assert languages.is_english(text)


def read(text: str) -> reading.Reading:
    document = Document(source=Source(id="a", published="2021-02-08"), text=text, segments=mark(text))
    return reading.read(document, language_model.load())


def test_a_text_in_another_language_gives_one_note_and_no_mention():
    found = read(GERMAN)
    assert found.mentions == ()
    assert [(note.kind, note.source, note.start) for note in found.notes] == [("language", "a", 0)]


def test_a_foreign_paragraph_is_left_out_and_the_rest_is_read():
    found = read(f"{ENGLISH}\n\n{GERMAN} {GERMAN}\n\n{ENGLISH}")
    names = {entity.name for entity in found.entities}
    assert "Mira Solano" in names
    assert "Otto Klamm" not in names
    assert "1 of 3 paragraphs" in found.notes[0].message
